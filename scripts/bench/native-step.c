// The step as loops in C that the compiler vectorizes: an upper bound for the speed in a browser.
// Weights are int8, states 24 bits in two 16-bit halves, sums integers, as in longhand's own kernel.
//
// native-step FILE ROUNDS: FILE holds H, M, T (int32), then float32 unless noted: bias (4H), input weights (3, 4H),
// recurrent scale (4H), recurrent weights int8 (4H, H), head bias (O), head scale (O), head weights int8 (O, H) with
// O = 1 + 6M, movements (T, 3). Prints the milliseconds per step, one line per round, then the hidden state after T steps.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_UNITS 2048

static int16_t high[MAX_UNITS], low[MAX_UNITS];
static float h[MAX_UNITS], c[MAX_UNITS], gates[4 * MAX_UNITS], logits[MAX_UNITS], pdf[MAX_UNITS];

static void split(int H) {
  for (int k = 0; k < H; k++) {
    int32_t value = (int32_t)floorf(h[k] * 8388608.0f + 0.5f);
    high[k] = value >> 12;
    low[k] = value & 4095;
  }
}

static void product(const int8_t *rows, const float *scale, float *y, int outputs, int H) {
  for (int row = 0; row < outputs; row++) {
    const int8_t *w = rows + (size_t)row * H;
    int32_t a = 0, b = 0;
    for (int k = 0; k < H; k++) {
      a += (int32_t)w[k] * high[k];
      b += (int32_t)w[k] * low[k];
    }
    y[row] += scale[row] * (float)(a * 4096.0 + b) / 8388608.0f;
  }
}

static float sigmoid(float x) { return 1 / (1 + expf(-x)); }

static const void *take(const char **at, size_t bytes) {
  const void *here = *at;
  *at += bytes;
  return here;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 2;
  fseek(file, 0, SEEK_END);
  long bytes = ftell(file);
  rewind(file);
  char *data = malloc(bytes);
  if (!data || fread(data, 1, bytes, file) != (size_t)bytes) return 2;
  const char *at = data;
  const int32_t *sizes = take(&at, 12);
  const int H = sizes[0], M = sizes[1], T = sizes[2], O = 1 + 6 * M;
  if (H > MAX_UNITS || O > MAX_UNITS) return 2;
  const float *bias = take(&at, 16 * H), *input = take(&at, 48 * H), *scale = take(&at, 16 * H);
  const int8_t *recurrent = take(&at, (size_t)4 * H * H);
  const float *headBias = take(&at, 4 * O), *headScale = take(&at, 4 * O);
  const int8_t *head = take(&at, (size_t)O * H);
  const float *movements = take(&at, 12 * T);

  for (int round = atoi(argv[2]); round > 0; round--) {
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    memset(h, 0, sizeof h);
    memset(c, 0, sizeof c);
    for (int t = 0; t < T; t++) {
      const float *x = movements + 3 * t;
      for (int j = 0; j < 4 * H; j++)
        gates[j] = bias[j] + x[0] * input[j] + x[1] * input[4 * H + j] + x[2] * input[8 * H + j];
      split(H);
      product(recurrent, scale, gates, 4 * H, H);
      for (int j = 0; j < H; j++) {
        c[j] = sigmoid(gates[2 * H + j]) * c[j] + sigmoid(gates[j]) * tanhf(gates[H + j]);
        h[j] = sigmoid(gates[3 * H + j]) * tanhf(c[j]);
      }
      memcpy(logits, headBias, 4 * O);
      split(H);
      product(head, headScale, logits, O, H);
      float total = 0;
      for (int k = 1; k <= M; k++) total += pdf[k] = expf(logits[k]);
      for (int k = 1; k <= M; k++) pdf[k] /= total;
      for (int k = 1 + 3 * M; k < 1 + 5 * M; k++) pdf[k] = expf(logits[k]);
      for (int k = 1 + 5 * M; k < O; k++) pdf[k] = tanhf(logits[k]);
      pdf[0] = sigmoid(logits[0]);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.9f\n", ((end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) * 1e-6) / T);
  }
  for (int j = 0; j < H; j++) printf("%.9g ", h[j]);
  return 0;
}
