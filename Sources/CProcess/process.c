#define _GNU_SOURCE
#include "CProcess.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

extern char **environ;

// What the launching thread is asked to do.
typedef struct {
  char **arguments;
  char **environment;
  attar_child *child;
  int error;
  bool done;
} request;

static void close_both(int ends[2]) {
  if (ends[0] >= 0) close(ends[0]);
  if (ends[1] >= 0) close(ends[1]);
}

// A pipe that other programs do not inherit, above the standard streams even where those are closed.
static int open_pipe(int ends[2]) {
#ifdef __linux__
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
#else
  if (pipe(ends) != 0) return errno;
#endif
  for (int end = 0; end < 2; end++) {
    if (ends[end] < 3) {
      int above = fcntl(ends[end], F_DUPFD_CLOEXEC, 3);
      if (above < 0) return errno;
      close(ends[end]);
      ends[end] = above;
    }
    fcntl(ends[end], F_SETFD, FD_CLOEXEC);
  }
  return 0;
}

// The program's side of fork: only calls that are safe there.
static void become(const request *wanted, pid_t parent, int input, int output, int errors, int failure) {
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
#else
  (void)parent;
#endif
  const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGCHLD};
  for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) signal(handled[i], SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (dup2(input, 0) >= 0 && dup2(output, 1) >= 0 && dup2(errors, 2) >= 0) {
    environ = wanted->environment;
    execvp(wanted->arguments[0], wanted->arguments);
  }
  int error = errno;
  while (write(failure, &error, sizeof error) < 0 && errno == EINTR) {
  }
  _exit(127);
}

// The groups of programs that have not been ended yet. Their leaders are not waited for while they stand here, so that each number names no other group.
static pthread_mutex_t listed = PTHREAD_MUTEX_INITIALIZER;
static pid_t *groups;
static size_t group_count, group_room;

static bool list_group(pid_t group) {
  bool has_room = true;
  pthread_mutex_lock(&listed);
  if (group_count == group_room) {
    size_t room = group_room == 0 ? 16 : 2 * group_room;
    pid_t *grown = realloc(groups, room * sizeof *groups);
    has_room = grown != NULL;
    if (has_room) {
      groups = grown;
      group_room = room;
    }
  }
  if (has_room) groups[group_count++] = group;
  pthread_mutex_unlock(&listed);
  return has_room;
}

static void end_group(pid_t group) {
  pthread_mutex_lock(&listed);
  kill(-group, SIGKILL);
  for (size_t i = 0; i < group_count; i++) {
    if (groups[i] == group) groups[i] = groups[--group_count];
  }
  pthread_mutex_unlock(&listed);
}

void attar_children_end(void) {
  pthread_mutex_lock(&listed);
  for (size_t i = 0; i < group_count; i++) kill(-groups[i], SIGKILL);
  group_count = 0;
  pthread_mutex_unlock(&listed);
}

static int start(const request *wanted) {
  int pipes[4][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  int error = 0;
  for (int i = 0; i < 4 && error == 0; i++) error = open_pipe(pipes[i]);
  pid_t parent = getpid();
  pid_t process = error == 0 ? fork() : -1;
  if (process == 0) become(wanted, parent, pipes[0][0], pipes[1][1], pipes[2][1], pipes[3][1]);
  if (process < 0) {
    if (error == 0) error = errno;
    for (int i = 0; i < 4; i++) close_both(pipes[i]);
    return error;
  }
  setpgid(process, process);
  close(pipes[0][0]);
  close(pipes[1][1]);
  close(pipes[2][1]);
  close(pipes[3][1]);
  ssize_t told;
  do told = read(pipes[3][0], &error, sizeof error);
  while (told < 0 && errno == EINTR);
  close(pipes[3][0]);
  if (told != (ssize_t)sizeof error) error = 0;
  if (error == 0 && !list_group(process)) {
    kill(-process, SIGKILL);
    error = ENOMEM;
  }
  if (error != 0) {
    close(pipes[0][1]);
    close(pipes[1][0]);
    close(pipes[2][0]);
    while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {
    }
    return error;
  }
  int ours[3] = {pipes[0][1], pipes[1][0], pipes[2][0]};
  for (int i = 0; i < 3; i++) {
    fcntl(ours[i], F_SETFL, fcntl(ours[i], F_GETFL) | O_NONBLOCK);
#ifdef F_SETPIPE_SZ
    // More room means fewer switches between the two sides; where the system gives no more, the usual room does.
    if (i < 2) (void)fcntl(ours[i], F_SETPIPE_SZ, 1 << 19);
#endif
  }
  *wanted->child = (attar_child){process, ours[0], ours[1], ours[2]};
  return 0;
}

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static request *waiting;

// Linux kills a child when the thread that started it ends, so one thread that never ends starts them all.
static void *launch(void *unused) {
  (void)unused;
  pthread_mutex_lock(&gate);
  for (;;) {
    while (waiting == NULL) pthread_cond_wait(&changed, &gate);
    request *next = waiting;
    next->error = start(next);
    next->done = true;
    waiting = NULL;
    pthread_cond_broadcast(&changed);
  }
  return NULL;
}

static bool has_launcher;

static void make_launcher(void) {
  // What programs have started themselves does not see this process end.
  atexit(attar_children_end);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  has_launcher = pthread_create(&thread, NULL, launch, NULL) == 0;
  if (has_launcher) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

// Whether a variable, "NAME=value", has one of the names.
static bool is_among(const char *variable, const uint8_t *names, size_t count) {
  const char *name = (const char *)names;
  for (size_t i = 0; i < count; i++) {
    size_t length = strlen(name);
    if (strncmp(variable, name, length) == 0 && variable[length] == '=') return true;
    name += length + 1;
  }
  return false;
}

int attar_child_start(
    const uint8_t *words, size_t count, const uint8_t *withheld, size_t withheld_count, attar_child *child) {
  if (count == 0) return ENOENT;
  size_t variables = 0;
  while (environ[variables] != NULL) variables++;
  char **arguments = calloc(count + 1, sizeof *arguments);
  char **environment = calloc(variables + 2, sizeof *environment);
  int error = ENOMEM;
  if (arguments != NULL && environment != NULL) {
    const char *word = (const char *)words;
    for (size_t i = 0; i < count; i++) {
      arguments[i] = (char *)word;
      word += strlen(word) + 1;
    }
    size_t kept = 0;
    for (size_t i = 0; i < variables; i++) {
      if (!is_among(environ[i], withheld, withheld_count)) environment[kept++] = environ[i];
    }
    if (getenv("PYTHONUNBUFFERED") == NULL) environment[kept] = "PYTHONUNBUFFERED=1";
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_launcher);
    request wanted = {arguments, environment, child, EAGAIN, false};
    if (has_launcher) {
      pthread_mutex_lock(&gate);
      while (waiting != NULL) pthread_cond_wait(&changed, &gate);
      waiting = &wanted;
      pthread_cond_broadcast(&changed);
      while (!wanted.done) pthread_cond_wait(&changed, &gate);
      pthread_mutex_unlock(&gate);
    }
    error = wanted.error;
  }
  free(arguments);
  free(environment);
  return error;
}

// Reads what there is; whether the stream has ended.
static bool take(int stream, uint8_t *buffer, size_t capacity, size_t *count) {
  while (*count < capacity) {
    ssize_t got = read(stream, buffer + *count, capacity - *count);
    if (got > 0) {
      *count += (size_t)got;
    } else if (got == 0) {
      return true;
    } else if (errno != EINTR) {
      return errno != EAGAIN && errno != EWOULDBLOCK;
    }
  }
  return false;
}

attar_exchange attar_child_exchange(
    attar_child *child, const uint8_t *message, size_t begin, size_t end, uint8_t *output, uint8_t *errors,
    size_t capacity, int milliseconds) {
  attar_exchange moved = {0};
  struct pollfd streams[3] = {
      {begin < end ? child->input : -1, POLLOUT, 0},
      {child->output, POLLIN, 0},
      {child->errors, POLLIN, 0},
  };
  if (poll(streams, 3, milliseconds) <= 0) return moved;
  if (streams[2].revents != 0 && take(child->errors, errors, capacity, &moved.errors)) {
    close(child->errors);
    child->errors = -1;
  }
  if (streams[1].revents != 0) moved.outputEnded = take(child->output, output, capacity, &moved.read);
  if (streams[0].revents != 0) {
    while (begin + moved.written < end) {
      ssize_t put = write(child->input, message + begin + moved.written, end - begin - moved.written);
      if (put > 0) {
        moved.written += (size_t)put;
      } else if (errno != EINTR) {
        moved.inputClosed = errno != EAGAIN && errno != EWOULDBLOCK;
        break;
      }
    }
  }
  return moved;
}

void attar_child_end(attar_child *child, int milliseconds, int *status, int *signalled) {
  close(child->input);
  close(child->output);
  if (child->errors >= 0) close(child->errors);
  // Its status is only looked at, not taken, so that its number still names its group when that is ended.
  siginfo_t state;
  for (int waited = 0; waited < milliseconds; waited++) {
    state.si_pid = 0;
    if (waitid(P_PID, (id_t)child->process, &state, WEXITED | WNOWAIT | WNOHANG) != 0 || state.si_pid != 0) break;
    nanosleep(&(struct timespec){0, 1000000}, NULL);
  }
  end_group(child->process);
  int ended = 0;
  while (waitpid(child->process, &ended, 0) < 0 && errno == EINTR) {
  }
  *signalled = WIFSIGNALED(ended) ? WTERMSIG(ended) : 0;
  *status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 0;
}

void attar_block_broken_pipes(void) {
  sigset_t broken;
  sigemptyset(&broken);
  sigaddset(&broken, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &broken, NULL);
}
