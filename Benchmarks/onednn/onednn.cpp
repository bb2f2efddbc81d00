// The convolution kernels beside oneDNN's, on one thread: the shapes of students for pictures and for rows of numbers.
//
// Both are given their weights in the order that they like best, once. Attar's kernels take and give pictures whose channels lie last, and so
// does oneDNN in the column "channels last"; in the column "own layout" it takes and gives the order that it likes best, as between two of its
// own layers, which costs a caller a reordering at either end.
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>
#include <vector>

extern "C" {
#include "attar_convolution.h"
#include "attar_quantization.h"
}

using namespace dnnl;
using tag = memory::format_tag;
using type = memory::data_type;

static engine cpu(engine::kind::cpu, 0);
static stream line(cpu);

// The thread's own time, so that others on the machine count less.
static double now() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// Microseconds a call of each contestant, the median of 41 turns which they take one after the other.
static std::vector<double> timed(const std::vector<std::function<void()>> &contestants) {
  const int turns = 41;
  std::vector<std::vector<double>> times(contestants.size());
  std::vector<int> repeats;
  for (auto &run : contestants) {
    run();
    double start = now();
    run();
    repeats.push_back(1 + (int)(1e-3 / (now() - start + 1e-9)));
  }
  for (int turn = 0; turn < turns; turn++)
    for (size_t i = 0; i < contestants.size(); i++) {
      double start = now();
      for (int k = 0; k < repeats[i]; k++) contestants[i]();
      times[i].push_back((now() - start) / repeats[i] * 1e6);
    }
  std::vector<double> medians;
  for (auto &all : times) {
    std::sort(all.begin(), all.end());
    medians.push_back(all[turns / 2]);
  }
  return medians;
}

static std::vector<float> numbers(size_t count) {
  std::vector<float> all(count);
  for (auto &x : all) x = (float)rand() / (float)RAND_MAX - 0.5f;
  return all;
}

struct Shape {
  const char *name;
  attar_conv c;
};

static memory::dims picture(const attar_conv &c, size_t rows, bool result) {
  if (result) return {(long)rows, (long)c.outputs, (long)c.out_height, (long)c.out_width};
  return {(long)rows, (long)c.channels, (long)c.height, (long)c.width};
}

static memory::dims kernel(const attar_conv &c) {
  memory::dims d = {(long)(c.outputs / c.groups), (long)(c.channels / c.groups), (long)c.kernel_height, (long)c.kernel_width};
  if (c.groups > 1) d.insert(d.begin(), (long)c.groups);
  return d;
}

// Attar's order of weights: (height, width, channels / groups, outputs), a group's outputs side by side.
static memory::desc plain_weights(const attar_conv &c, type kind) {
  if (c.groups == 1) return memory::desc(kernel(c), kind, tag::hwio);
  long channels = (long)(c.channels / c.groups), outputs = (long)c.outputs;
  long tap = channels * outputs;
  return memory::desc(
      kernel(c), kind, memory::dims{(long)(c.outputs / c.groups), 1, outputs, (long)c.kernel_width * tap, tap});
}

// Zeros behind the picture that its convolution reads.
static long behind(size_t out, size_t stride, size_t size, size_t before, size_t kernel) {
  return (long)((out - 1) * stride + kernel) - (long)(size + before);
}

struct Geometry {
  memory::dims strides, before, after;
  explicit Geometry(const attar_conv &c)
      : strides{(long)c.stride_y, (long)c.stride_x}, before{(long)c.top, (long)c.left},
        after{
            behind(c.out_height, c.stride_y, c.height, c.top, c.kernel_height),
            behind(c.out_width, c.stride_x, c.width, c.left, c.kernel_width)} {}
};

// A primitive with everything that it reads and writes.
struct Call {
  primitive run;
  std::unordered_map<int, memory> arguments;
  void operator()() {
    run.execute(line, arguments);
    line.wait();
  }
};

static memory filled(const memory::desc &d, const memory::desc &plain, const void *from) {
  memory source(plain, cpu, const_cast<void *>(from)), to(d, cpu);
  reorder(source, to).execute(line, source, to);
  line.wait();
  return to;
}

static void print(const char *what, const Shape &s, size_t rows, const std::vector<double> &t, double difference) {
  printf(
      "| %s | %s | %zu | %.2f | %.2f | %.2f | %.2f | %.2f |%s\n", s.name, what, rows, t[0] / (double)rows,
      t[1] / (double)rows, t[2] / (double)rows, t[1] / t[0], t[2] / t[0], difference < 1e-3 ? "" : " other results");
}

static void forward(const Shape &s, size_t rows) {
  attar_conv c = s.c;
  size_t nx = c.height * c.width * c.channels, ny = c.out_height * c.out_width * c.outputs;
  size_t nw = c.kernel_height * c.kernel_width * (c.channels / c.groups) * c.outputs;
  auto x = numbers(rows * nx), w = numbers(nw), b = numbers(c.outputs);
  std::vector<float> y(rows * ny), packed(attar_conv_packed_count(&c)), scratch(attar_conv_scratch_count(&c) + 16);
  attar_conv_pack(&c, w.data(), packed.data());
  auto ours = [&] {
    for (size_t r = 0; r < rows; r++)
      attar_conv_forward(&c, x.data() + r * nx, packed.data(), b.data(), true, y.data() + r * ny, scratch.data());
  };
  memory::desc plain_x(picture(c, rows, false), type::f32, tag::nhwc), plain_y(picture(c, rows, true), type::f32, tag::nhwc);
  memory::desc plain_w = plain_weights(c, type::f32);
  memory::desc bias({(long)c.outputs}, type::f32, tag::a);
  post_ops relu;
  relu.append_eltwise(1, algorithm::eltwise_relu, 0, 0);
  primitive_attr attributes;
  attributes.set_post_ops(relu);
  Geometry g(c);
  std::vector<Call> calls;
  for (bool own : {false, true}) {
    memory::desc any_x(picture(c, rows, false), type::f32, own ? tag::any : tag::nhwc);
    memory::desc any_y(picture(c, rows, true), type::f32, own ? tag::any : tag::nhwc);
    memory::desc any_w(kernel(c), type::f32, tag::any);
    convolution_forward::primitive_desc d(
        {prop_kind::forward_inference, algorithm::convolution_auto, any_x, any_w, bias, any_y, g.strides, g.before, g.after},
        attributes, cpu);
    calls.push_back(
        {convolution_forward(d),
         {{DNNL_ARG_SRC, filled(d.src_desc(), plain_x, x.data())},
          {DNNL_ARG_WEIGHTS, filled(d.weights_desc(), plain_w, w.data())},
          {DNNL_ARG_BIAS, memory(bias, cpu, b.data())},
          {DNNL_ARG_DST, memory(d.dst_desc(), cpu)}}});
  }
  auto t = timed({ours, std::ref(calls[0]), std::ref(calls[1])});
  auto *theirs = (float *)calls[0].arguments[DNNL_ARG_DST].get_data_handle();
  double most = 0;
  for (size_t i = 0; i < y.size(); i++) most = std::max(most, (double)std::abs(y[i] - theirs[i]));
  print("result", s, rows, t, most);
}

static void gradients(const Shape &s, size_t rows) {
  attar_conv c = s.c;
  size_t nx = c.height * c.width * c.channels, ny = c.out_height * c.out_width * c.outputs;
  size_t nw = c.kernel_height * c.kernel_width * (c.channels / c.groups) * c.outputs;
  auto x = numbers(rows * nx), w = numbers(nw), dy = numbers(rows * ny);
  std::vector<float> dx(rows * nx), packed(attar_conv_packed_gradient_count(&c)), scratch(attar_conv_scratch_count(&c) + 16);
  std::vector<float> sums(attar_conv_sums_count(&c)), dw(nw), db(c.outputs);
  attar_conv_pack_gradient(&c, w.data(), packed.data());
  auto ours_dx = [&] {
    for (size_t r = 0; r < rows; r++)
      attar_conv_input_gradient(&c, dy.data() + r * ny, packed.data(), dx.data() + r * nx, scratch.data());
  };
  auto ours_dw = [&] {
    std::fill(sums.begin(), sums.end(), 0.0f);
    for (size_t r = 0; r < rows; r++)
      attar_conv_weight_gradient(&c, x.data() + r * nx, dy.data() + r * ny, sums.data(), scratch.data());
    attar_conv_collect(&c, sums.data(), 1, dw.data(), db.data());
  };
  memory::desc plain_x(picture(c, rows, false), type::f32, tag::nhwc), plain_y(picture(c, rows, true), type::f32, tag::nhwc);
  memory::desc plain_w = plain_weights(c, type::f32);
  memory::desc bias({(long)c.outputs}, type::f32, tag::a);
  Geometry g(c);
  std::vector<Call> to_x, to_w;
  for (bool own : {false, true}) {
    memory::desc any_x(picture(c, rows, false), type::f32, own ? tag::any : tag::nhwc);
    memory::desc any_y(picture(c, rows, true), type::f32, own ? tag::any : tag::nhwc);
    memory::desc any_w(kernel(c), type::f32, tag::any);
    auto direct = algorithm::convolution_direct;
    convolution_forward::primitive_desc hint(
        {prop_kind::forward_training, direct, any_x, any_w, bias, any_y, g.strides, g.before, g.after}, cpu);
    convolution_backward_data::primitive_desc d(
        {direct, any_x, any_w, any_y, g.strides, g.before, g.after}, cpu, hint);
    to_x.push_back(
        {convolution_backward_data(d),
         {{DNNL_ARG_DIFF_DST, filled(d.diff_dst_desc(), plain_y, dy.data())},
          {DNNL_ARG_WEIGHTS, filled(d.weights_desc(), plain_w, w.data())},
          {DNNL_ARG_DIFF_SRC, memory(d.diff_src_desc(), cpu)}}});
    convolution_backward_weights::primitive_desc e(
        {direct, any_x, any_w, bias, any_y, g.strides, g.before, g.after}, cpu, hint);
    to_w.push_back(
        {convolution_backward_weights(e),
         {{DNNL_ARG_DIFF_DST, filled(e.diff_dst_desc(), plain_y, dy.data())},
          {DNNL_ARG_SRC, filled(e.src_desc(), plain_x, x.data())},
          {DNNL_ARG_DIFF_WEIGHTS, memory(e.diff_weights_desc(), cpu)},
          {DNNL_ARG_DIFF_BIAS, memory(bias, cpu)}}});
  }
  auto t = timed({ours_dx, std::ref(to_x[0]), std::ref(to_x[1])});
  auto *theirs = (float *)to_x[0].arguments[DNNL_ARG_DIFF_SRC].get_data_handle();
  double most = 0;
  for (size_t i = 0; i < dx.size(); i++) most = std::max(most, (double)std::abs(dx[i] - theirs[i]));
  print("gradient of the picture", s, rows, t, most);
  t = timed({ours_dw, std::ref(to_w[0]), std::ref(to_w[1])});
  theirs = (float *)to_w[0].arguments[DNNL_ARG_DIFF_BIAS].get_data_handle();
  most = 0;
  for (size_t i = 0; i < db.size(); i++) most = std::max(most, (double)std::abs(db[i] - theirs[i]));
  print("gradient of the weights", s, rows, t, most);
}

static void bytes(const Shape &s, size_t rows) {
  attar_conv c = s.c;
  size_t nx = c.height * c.width * c.channels, ny = c.out_height * c.out_width * c.outputs;
  size_t nw = c.kernel_height * c.kernel_width * (c.channels / c.groups) * c.outputs;
  std::vector<uint8_t> x(rows * nx + 8), y(rows * ny + 8), scratch(attar_quantized_scratch_bytes(&c) + 16);
  std::vector<int8_t> whole(nw);
  std::vector<float> w(nw), factors(c.outputs, 0.002f), offsets(c.outputs);
  std::vector<int32_t> start(c.outputs);
  for (auto &v : x) v = (uint8_t)(rand() & 255);
  for (size_t i = 0; i < nw; i++) w[i] = whole[i] = (int8_t)(rand() % 255 - 127);
  for (size_t o = 0; o < c.outputs; o++) {
    start[o] = rand() % 60000;
    offsets[o] = factors[o] * (float)start[o];
  }
  // Aligned to lines of the cache, as a plan packs them.
  std::vector<char> room(attar_quantized_packed_bytes(&c) + 64);
  void *packed = (void *)(((uintptr_t)room.data() + 63) / 64 * 64);
  attar_quantized_pack(&c, w.data(), factors.data(), offsets.data(), 0, packed);
  auto ours = [&] {
    for (size_t r = 0; r < rows; r++)
      attar_quantized_conv(&c, x.data() + r * nx, packed, 0, 0, nullptr, y.data() + r * ny, scratch.data());
  };
  memory::desc plain_x(picture(c, rows, false), type::u8, tag::nhwc);
  memory::desc plain_w = plain_weights(c, type::s8);
  memory::desc bias({(long)c.outputs}, type::s32, tag::a);
  primitive_attr attributes;
  attributes.set_output_scales(2, factors);
  Geometry g(c);
  std::vector<Call> calls;
  for (bool own : {false, true}) {
    memory::desc any_x(picture(c, rows, false), type::u8, own ? tag::any : tag::nhwc);
    memory::desc any_y(picture(c, rows, true), type::u8, own ? tag::any : tag::nhwc);
    memory::desc any_w(kernel(c), type::s8, tag::any);
    convolution_forward::primitive_desc d(
        {prop_kind::forward_inference, algorithm::convolution_direct, any_x, any_w, bias, any_y, g.strides, g.before, g.after},
        attributes, cpu);
    calls.push_back(
        {convolution_forward(d),
         {{DNNL_ARG_SRC, filled(d.src_desc(), plain_x, x.data())},
          {DNNL_ARG_WEIGHTS, filled(d.weights_desc(), plain_w, whole.data())},
          {DNNL_ARG_BIAS, memory(bias, cpu, start.data())},
          {DNNL_ARG_DST, memory(d.dst_desc(), cpu)}}});
  }
  auto t = timed({ours, std::ref(calls[0]), std::ref(calls[1])});
  auto *theirs = (uint8_t *)calls[0].arguments[DNNL_ARG_DST].get_data_handle();
  int most = 0;
  for (size_t i = 0; i < rows * ny; i++) most = std::max(most, std::abs((int)y[i] - (int)theirs[i]));
  // Halves are rounded up here and to even numbers there. Further apart they are where oneDNN adds pairs of products in 16 bits, which
  // saturate: on processors with AVX2 and without VNNI.
  print("result in bytes", s, rows, t, most <= 1 ? 0 : most);
}

static attar_conv same(size_t size, size_t channels, size_t outputs, size_t kernel, size_t stride, size_t groups) {
  size_t out = (size + stride - 1) / stride, before = (kernel - 1) / 2;
  return {size, size, channels, out, out, outputs, kernel, kernel, stride, stride, 1, 1, before, before, groups, 0};
}

int main() {
  // cnn[16,32], resnet8, separable ones, and the dense layers of mlp[64,32] as convolutions over a row of pixels.
  const std::vector<Shape> shapes = {
      {"3×3, 28²·1 → 16", same(28, 1, 16, 3, 1, 1)},
      {"3×3, 14²·16 → 32", same(14, 16, 32, 3, 1, 1)},
      {"3×3, 32²·16 → 16", same(32, 16, 16, 3, 1, 1)},
      {"3×3, 16²·32 → 32", same(16, 32, 32, 3, 1, 1)},
      {"3×3, 8²·64 → 64", same(8, 64, 64, 3, 1, 1)},
      {"3×3 stride 2, 32²·16 → 32", same(32, 16, 32, 3, 2, 1)},
      {"1×1, 14²·32 → 64", same(14, 32, 64, 1, 1, 1)},
      {"depthwise 3×3, 14²·64", same(14, 64, 64, 3, 1, 64)},
  };
  const Shape dense = {"dense, 100 → 64", {1, 1, 100, 1, 1, 64, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0}};
  printf("| shape | what | pictures | Attar, µs | oneDNN channels last, µs | own layout, µs | ratio | ratio |\n");
  printf("|---|---|---:|---:|---:|---:|---:|---:|\n");
  for (auto &s : shapes) {
    for (size_t rows : {1, 32}) forward(s, rows);
    gradients(s, 32);
  }
  for (auto &s : shapes)
    for (size_t rows : {1, 32}) bytes(s, rows);
  for (size_t rows : {1, 32}) bytes(dense, rows);
}
