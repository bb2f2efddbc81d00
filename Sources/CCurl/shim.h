#pragma once
#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// curl_easy_setopt and curl_easy_getinfo take any type of argument, which Swift cannot call: one function for each that is used.
static inline CURLcode attar_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode attar_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode attar_curl_set_headers(CURL *handle, struct curl_slist *headers) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

// The body is copied.
static inline CURLcode attar_curl_set_body(CURL *handle, const uint8_t *body, long long count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, body);
}

static inline long attar_curl_long(CURL *handle, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

// Seconds that the server asks to wait, 0 where it asks for none.
static inline long long attar_curl_retry_after(CURL *handle) {
    curl_off_t seconds = 0;
    return curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK ? (long long)seconds : 0;
}

// A text that curl keeps until the next request; NULL where there is none.
static inline const char *attar_curl_text(CURL *handle, CURLINFO info) {
    char *text = NULL;
    return curl_easy_getinfo(handle, info, &text) == CURLE_OK ? text : NULL;
}

// What a server has answered so far, up to a limit.
typedef struct {
    uint8_t *bytes;
    size_t count, capacity, limit;
    bool exceeded;                // there was more than the limit
    const int *abandoned;         // another thread makes it 1: the answer is not wanted any more
} attar_curl_answer;

static inline attar_curl_answer *attar_curl_answer_new(size_t limit, const int *abandoned) {
    attar_curl_answer *answer = (attar_curl_answer *)calloc(1, sizeof *answer);
    if (answer == NULL) return NULL;
    answer->limit = limit;
    answer->abandoned = abandoned;
    return answer;
}

static inline void attar_curl_answer_free(attar_curl_answer *answer) {
    if (answer != NULL) free(answer->bytes);
    free(answer);
}

static inline void attar_curl_answer_clear(attar_curl_answer *answer) {
    answer->count = 0;
    answer->exceeded = false;
}

static size_t attar_curl_collect(char *bytes, size_t size, size_t items, void *context) {
    attar_curl_answer *answer = (attar_curl_answer *)context;
    size_t more = size * items;
    if (more > answer->limit - answer->count) {
        answer->exceeded = true;
        return 0;
    }
    if (answer->count + more > answer->capacity) {
        size_t capacity = 2 * (answer->count + more);
        uint8_t *grown = (uint8_t *)realloc(answer->bytes, capacity);
        if (grown == NULL) return 0;
        answer->bytes = grown;
        answer->capacity = capacity;
    }
    memcpy(answer->bytes + answer->count, bytes, more);
    answer->count += more;
    return more;
}

static int attar_curl_go_on(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    (void)a, (void)b, (void)c, (void)d;
    return __atomic_load_n(((attar_curl_answer *)context)->abandoned, __ATOMIC_RELAXED);
}

static inline CURLcode attar_curl_set_answer(CURL *handle, attar_curl_answer *answer) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, attar_curl_collect);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_WRITEDATA, answer);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, attar_curl_go_on);
    if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_XFERINFODATA, answer);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L) : code;
}

// A flag that one thread sets and others see; read and written by atomic operations only.
static inline int *attar_curl_flag_new(void) { return (int *)calloc(1, sizeof(int)); }
static inline void attar_curl_flag_set(int *flag) { __atomic_store_n(flag, 1, __ATOMIC_RELAXED); }
static inline void attar_curl_flag_free(int *flag) { free(flag); }

// Copies the answer out.
static inline void attar_curl_copy(const attar_curl_answer *answer, uint8_t *bytes) {
    if (answer->count > 0) memcpy(bytes, answer->bytes, answer->count);
}

static inline bool attar_curl_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK; }
