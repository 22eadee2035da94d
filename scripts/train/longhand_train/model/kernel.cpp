// The two-layer recurrence for CPUs: forward and backward through time, products and gate functions fused.
//
// Rows of a batch do not depend on each other within a chunk, so that a thread takes a group of rows through all T steps and
// never waits. Weights are packed once per batch into panels of 16 columns that stream through the cache; a tile of 6 rows
// by 16 columns stays in registers. network.py is the readable reference, and test/train compares the two.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <thread>
#include <vector>

typedef float v8 __attribute__((vector_size(32), aligned(4)));
typedef int v8i __attribute__((vector_size(32)));

extern "C" struct Net {
  int H, A, K, E, N1, N2;  // N1 = 4 + E + A + H, N2 = N1 + H
  const float *p1, *p2;    // l1 and l2, packed (see pack)
  const float *q1, *q2;    // the transposed recurrent parts, packed: 4H -> H (r1), 4H -> 2H (i2, r2)
  const float *b1, *b2, *wp, *bp;
};

extern "C" struct Run {
  int T, B, U, group;
  float *a1, *a2;                    // (T, B, N1), (T, B, N2): inputs of the layers; x and e are given
  float *g1, *g2;                    // (T, B, 4H): gates after their functions; after backward their gradients
  float *cell1, *cell2;              // (T + 1, B, H): cells before each step
  float *out;                        // (T, B, 2H): h1, h2; in backward its gradient
  float *kappa, *w, *h1, *h2;        // states (B, …), in and out
  float *c1, *c2;
  float *errors;                     // (T, B, K): kappa - target before a snap
  const int *codes;                  // (B, U)
  const unsigned char *reset;        // (T, B)
  const float *start, *targets, *placed, *leash;  // (T, B); placed is NaN where the window runs free
  float greatest, snap;
};

static inline v8 splat(float a) { return v8{a, a, a, a, a, a, a, a}; }

static inline v8 exp8(v8 x) {  // Cephes; clamped so that neither end overflows
  x = x > splat(87.f) ? splat(87.f) : x;
  x = x < splat(-87.f) ? splat(-87.f) : x;
  v8 n = x * splat(1.44269504f);
  v8i half = __builtin_convertvector(n + (n > splat(0.f) ? splat(0.5f) : splat(-0.5f)), v8i);
  n = __builtin_convertvector(half, v8);
  x = x - n * splat(0.693359375f) + n * splat(2.12194440e-4f);
  v8 y = splat(1.9875691500e-4f);
  y = y * x + splat(1.3981999507e-3f);
  y = y * x + splat(8.3334519073e-3f);
  y = y * x + splat(4.1665795894e-2f);
  y = y * x + splat(1.6666665459e-1f);
  y = y * x + splat(5.0000001201e-1f);
  y = y * x * x + x + splat(1.f);
  return y * (v8)((half + 127) << 23);
}
static inline v8 sigmoid8(v8 x) { return splat(1.f) / (splat(1.f) + exp8(-x)); }
static inline v8 tanh8(v8 x) { return splat(2.f) * sigmoid8(x + x) - splat(1.f); }

// Pack b (rows k, cols n, row stride ld; n a multiple of 16) into panels: out[panel][k][16].
extern "C" void pack(const float *b, int k, int n, int ld, float *out) {
  for (int j = 0; j < n; j += 16)
    for (int i = 0; i < k; i++, out += 16) std::memcpy(out, b + (size_t)i * ld + j, 64);
}
// Pack the transpose of b (rows n, cols k): panels of 16 of its rows.
extern "C" void pack_transposed(const float *b, int k, int n, int ld, float *out) {
  for (int j = 0; j < n; j += 16)
    for (int i = 0; i < k; i++, out += 16)
      for (int m = 0; m < 16; m++) out[m] = b[(size_t)(j + m) * ld + i];
}

template <int R>
static inline void tile(const float *a, int lda, const float *panel, int k, float *c, int ldc, const float *bias) {
  v8 s0[R], s1[R];
  for (int r = 0; r < R; r++) {
    s0[r] = bias ? *(const v8 *)bias : splat(0.f);
    s1[r] = bias ? *(const v8 *)(bias + 8) : splat(0.f);
  }
  for (int i = 0; i < k; i++, panel += 16) {
    const v8 b0 = *(const v8 *)panel, b1 = *(const v8 *)(panel + 8);
#pragma GCC unroll 6
    for (int r = 0; r < R; r++) {
      const v8 x = splat(a[(size_t)r * lda + i]);
      s0[r] += x * b0;
      s1[r] += x * b1;
    }
  }
  for (int r = 0; r < R; r++) {
    *(v8 *)(c + (size_t)r * ldc) = s0[r];
    *(v8 *)(c + (size_t)r * ldc + 8) = s1[r];
  }
}

// c (rows, n) = a (rows, k) · packed + bias
static void product(const float *a, int lda, const float *packed, int k, int n, float *c, int ldc, const float *bias, int rows) {
  for (int j = 0; j < n; j += 16, packed += (size_t)k * 16) {
    const float *b = bias ? bias + j : nullptr;
    int r = 0;
    for (; r + 6 <= rows; r += 6) tile<6>(a + (size_t)r * lda, lda, packed, k, c + (size_t)r * ldc + j, ldc, b);
    switch (rows - r) {
      case 5: tile<5>(a + (size_t)r * lda, lda, packed, k, c + (size_t)r * ldc + j, ldc, b); break;
      case 4: tile<4>(a + (size_t)r * lda, lda, packed, k, c + (size_t)r * ldc + j, ldc, b); break;
      case 3: tile<3>(a + (size_t)r * lda, lda, packed, k, c + (size_t)r * ldc + j, ldc, b); break;
      case 2: tile<2>(a + (size_t)r * lda, lda, packed, k, c + (size_t)r * ldc + j, ldc, b); break;
      case 1: tile<1>(a + (size_t)r * lda, lda, packed, k, c + (size_t)r * ldc + j, ldc, b); break;
    }
  }
}

// Gates g (4H) before their functions -> after; cell and output.
static void gates(float *g, const float *before, float *after, float *h, int H) {
  for (int j = 0; j < H; j += 8) {
    v8 i = sigmoid8(*(v8 *)(g + j)), z = tanh8(*(v8 *)(g + H + j)), f = sigmoid8(*(v8 *)(g + 2 * H + j)), o = sigmoid8(*(v8 *)(g + 3 * H + j));
    v8 c = f * *(const v8 *)(before + j) + i * z;
    *(v8 *)(g + j) = i, *(v8 *)(g + H + j) = z, *(v8 *)(g + 2 * H + j) = f, *(v8 *)(g + 3 * H + j) = o;
    *(v8 *)(after + j) = c;
    *(v8 *)(h + j) = o * tanh8(c);
  }
}

// dh, and dc from the step after -> g becomes the gradient before the functions, dc that of the cell before.
static void gates_back(float *g, const float *before, const float *after, const float *dh, float *dc, int H) {
  const v8 one = splat(1.f);
  for (int j = 0; j < H; j += 8) {
    v8 i = *(v8 *)(g + j), z = *(v8 *)(g + H + j), f = *(v8 *)(g + 2 * H + j), o = *(v8 *)(g + 3 * H + j);
    v8 y = tanh8(*(const v8 *)(after + j)), d = *(const v8 *)(dh + j);
    v8 e = *(v8 *)(dc + j) + d * o * (one - y * y);
    *(v8 *)(g + j) = e * z * i * (one - i);
    *(v8 *)(g + H + j) = e * i * (one - z * z);
    *(v8 *)(g + 2 * H + j) = e * *(const v8 *)(before + j) * f * (one - f);
    *(v8 *)(g + 3 * H + j) = d * y * o * (one - o);
    *(v8 *)(dc + j) = e * f;
  }
}

static void advance_window(const Net &n, const Run &r, int t, int b, const float *h1, float *w) {
  const int K = n.K, K3 = 3 * K;
  float p[96];
  std::memcpy(p, n.bp, K3 * sizeof(float));
  for (int i = 0; i < n.H; i++)
    for (int j = 0; j < K3; j++) p[j] += h1[i] * n.wp[(size_t)i * K3 + j];
  float *kappa = r.kappa + (size_t)b * K, *errors = r.errors + ((size_t)t * r.B + b) * K;
  const size_t at = (size_t)t * r.B + b;
  const float target = r.targets[at], placed = r.placed[at];
  float mean = 0;
  for (int k = 0; k < K; k++) {
    kappa[k] += std::exp(std::fmin(p[2 * K + k], r.greatest));
    errors[k] = kappa[k] - target;
    mean += errors[k] / K;
  }
  const bool free = placed != placed, far = std::fabs(mean) > r.snap;
  for (int k = 0; k < K; k++) {
    if (!free) kappa[k] = placed;
    if (far) kappa[k] = target;
    if (free) kappa[k] += r.leash[at] * (target - kappa[k]);
  }
  const int *codes = r.codes + (size_t)b * r.U;
  std::memset(w, 0, n.A * sizeof(float));
  for (int k = 0; k < K; k++) {
    const float alpha = std::exp(p[k]), beta = std::exp(p[K + k]), reach = std::sqrt(25.f / beta);
    const int first = std::fmax(0.f, std::ceil(kappa[k] - reach)), last = std::fmin(r.U - 1.f, std::floor(kappa[k] + reach));
    for (int u = first; u <= last; u++)
      if (codes[u] >= 0) w[codes[u]] += alpha * std::exp(-beta * (kappa[k] - u) * (kappa[k] - u));
  }
}

static void forward_rows(const Net &n, const Run &r, int begin, int rows) {
  const int H = n.H, A = n.A, w_at = 4 + n.E, h_at = w_at + A;
  const size_t B = r.B;
  const std::vector<float> zero(H, 0.f);
  for (int b = begin; b < begin + rows; b++) {
    std::memcpy(r.cell1 + b * H, r.c1 + b * H, H * 4);
    std::memcpy(r.cell2 + b * H, r.c2 + b * H, H * 4);
  }
  for (int t = 0; t < r.T; t++) {
    for (int b = begin; b < begin + rows; b++) {
      float *a1 = r.a1 + (t * B + b) * n.N1, *a2 = r.a2 + (t * B + b) * n.N2;
      float *h1 = r.h1 + (size_t)b * H, *h2 = r.h2 + (size_t)b * H, *w = r.w + (size_t)b * A;
      if (r.reset[t * B + b]) {
        std::memset(h1, 0, H * 4), std::memset(h2, 0, H * 4), std::memset(w, 0, A * 4);
        for (int k = 0; k < n.K; k++) r.kappa[(size_t)b * n.K + k] = r.start[t * B + b];
      }
      std::memcpy(a1 + w_at, w, A * 4);
      std::memcpy(a1 + h_at, h1, H * 4);
      std::memcpy(a2 + h_at + H, h2, H * 4);
    }
    const size_t at = t * B + begin;
    product(r.a1 + at * n.N1, n.N1, n.p1, n.N1, 4 * H, r.g1 + at * 4 * H, 4 * H, n.b1, rows);
    for (int b = begin; b < begin + rows; b++) {
      const size_t i = t * B + b;
      float *h1 = r.h1 + (size_t)b * H, *w = r.w + (size_t)b * A, *a2 = r.a2 + i * n.N2;
      gates(r.g1 + i * 4 * H, r.reset[i] ? zero.data() : r.cell1 + i * H, r.cell1 + (i + B) * H, h1, H);
      advance_window(n, r, t, b, h1, w);
      std::memcpy(a2 + w_at, w, A * 4);
      std::memcpy(a2 + h_at, h1, H * 4);
      std::memcpy(r.out + i * 2 * H, h1, H * 4);
    }
    product(r.a2 + at * n.N2, n.N2, n.p2, n.N2, 4 * H, r.g2 + at * 4 * H, 4 * H, n.b2, rows);
    for (int b = begin; b < begin + rows; b++) {
      const size_t i = t * B + b;
      float *h2 = r.h2 + (size_t)b * H;
      gates(r.g2 + i * 4 * H, r.reset[i] ? zero.data() : r.cell2 + i * H, r.cell2 + (i + B) * H, h2, H);
      std::memcpy(r.out + i * 2 * H + H, h2, H * 4);
    }
  }
  for (int b = begin; b < begin + rows; b++) {
    std::memcpy(r.c1 + b * H, r.cell1 + (r.T * B + b) * H, H * 4);
    std::memcpy(r.c2 + b * H, r.cell2 + (r.T * B + b) * H, H * 4);
  }
}

static void backward_rows(const Net &n, const Run &r, int begin, int rows) {
  const int H = n.H;
  const size_t B = r.B;
  std::vector<float> dh1(rows * H, 0.f), dc1(rows * H, 0.f), dc2(rows * H, 0.f), both(rows * 2 * H, 0.f), h(H);
  const std::vector<float> zero(H, 0.f);
  for (int t = r.T - 1; t >= 0; t--) {
    for (int k = 0; k < rows; k++) {  // layer 2; both holds [i2 part, r2 part] of the step after, of which the second is carried
      const size_t i = t * B + begin + k;
      const float *d = r.out + i * 2 * H + H;
      for (int j = 0; j < H; j++) h[j] = d[j] + both[(size_t)k * 2 * H + H + j];
      gates_back(r.g2 + i * 4 * H, r.reset[i] ? zero.data() : r.cell2 + i * H, r.cell2 + (i + B) * H, h.data(), &dc2[(size_t)k * H], H);
    }
    const size_t at = t * B + begin;
    product(r.g2 + at * 4 * H, 4 * H, n.q2, 4 * H, 2 * H, both.data(), 2 * H, nullptr, rows);
    for (int k = 0; k < rows; k++) {
      const size_t i = t * B + begin + k;
      const float *d = r.out + i * 2 * H;
      for (int j = 0; j < H; j++) h[j] = d[j] + both[(size_t)k * 2 * H + j] + dh1[(size_t)k * H + j];
      gates_back(r.g1 + i * 4 * H, r.reset[i] ? zero.data() : r.cell1 + i * H, r.cell1 + (i + B) * H, h.data(), &dc1[(size_t)k * H], H);
    }
    product(r.g1 + at * 4 * H, 4 * H, n.q1, 4 * H, H, dh1.data(), H, nullptr, rows);
    for (int k = 0; k < rows; k++)
      if (r.reset[t * B + begin + k]) {  // nothing before this step reaches it
        std::memset(&dh1[(size_t)k * H], 0, H * 4), std::memset(&dc1[(size_t)k * H], 0, H * 4), std::memset(&dc2[(size_t)k * H], 0, H * 4);
        std::memset(&both[(size_t)k * 2 * H + H], 0, H * 4);
      }
  }
}

template <class Work>
static void share(const Run &r, int threads, Work work) {
  std::atomic<int> next(0);
  auto loop = [&] {
    for (int begin; (begin = next.fetch_add(r.group)) < r.B;) work(begin, std::min(r.group, r.B - begin));
  };
  std::vector<std::thread> others;
  for (int k = 1; k < threads; k++) others.emplace_back(loop);
  loop();
  for (auto &other : others) other.join();
}

extern "C" void forward(const Net *n, const Run *r, int threads) {
  share(*r, threads, [&](int begin, int rows) { forward_rows(*n, *r, begin, rows); });
}
extern "C" void backward(const Net *n, const Run *r, int threads) {
  share(*r, threads, [&](int begin, int rows) { backward_rows(*n, *r, begin, rows); });
}
