/* A single-purpose program to measure against: it reads exactly the columns named below from exactly the
 * kind of file that generate.swift writes (no quotes, no missing values), with no message for what is wrong.
 *
 *   reference read DATA       parses the columns
 *   reference evaluate DATA   also counts outcomes and scores, by label, of all rows, of every group of six
 *                             features and of their 15 crosses, and prints one line a slice:
 *                             slice,true_positives,false_positives,false_negatives,true_negatives,auc
 *                             (the AUC is that of the score's histogram, ties within a bin counted half)
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FEATURES = 6, GROUPS = 256, BINS = 256 };

static const char *const names[FEATURES] = {"sex", "race", "age_bucket", "region", "occupation", "education"};
enum role { SKIP = -1, LABEL = FEATURES, SCORE };

/* Texts of one feature and their codes, by open addressing. */
struct dictionary {
  struct {
    const char *text;
    uint32_t length;
    int32_t code;
  } slot[4 * GROUPS];
  const char *text[GROUPS];
  uint32_t length[GROUPS];
  uint32_t count;
};

struct table {
  struct dictionary dictionary[FEATURES];
  uint8_t *code[FEATURES];
  uint8_t *label;
  double *score;
  size_t rows;
};

static void fail(const char *message) {
  fprintf(stderr, "reference: %s\n", message);
  exit(65);
}

static void *allocate(size_t bytes) {
  void *memory = calloc(1, bytes ? bytes : 1);
  if (!memory) fail("out of memory");
  return memory;
}

static uint32_t code(struct dictionary *dictionary, const char *text, uint32_t length) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ (uint8_t)text[i]) * 16777619u;
  for (uint32_t at = hash;; at++) {
    uint32_t place = at & (4 * GROUPS - 1);
    if (!dictionary->slot[place].text) {
      if (dictionary->count == GROUPS) fail("too many groups");
      dictionary->slot[place].text = text;
      dictionary->slot[place].length = length;
      dictionary->slot[place].code = (int32_t)dictionary->count;
      dictionary->text[dictionary->count] = text;
      dictionary->length[dictionary->count] = length;
      return dictionary->count++;
    }
    if (dictionary->slot[place].length == length && !memcmp(dictionary->slot[place].text, text, length))
      return (uint32_t)dictionary->slot[place].code;
  }
}

/* 0.ddd…: at most 15 digits, so the quotient is the nearest double. */
static double decimal(const char *text, const char *end) {
  static const double power[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  uint64_t digits = 0;
  unsigned decimals = 0;
  int seen = 0;
  for (; text < end; text++) {
    if (*text == '.') {
      seen = 1;
      continue;
    }
    digits = digits * 10 + (uint64_t)(*text - '0');
    decimals += (unsigned)seen;
  }
  if (decimals > 15) fail("too many digits");
  return (double)digits / power[decimals];
}

static void parse(const char *bytes, size_t size, struct table *table) {
  const char *end = bytes + size, *at = bytes;
  enum role role[64];
  int columns = 0, last = 0, found = 0;
  for (int done = 0; !done; columns++) {
    const char *stop = at;
    while (stop < end && *stop != ',' && *stop != '\n') stop++;
    if (columns == 64 || stop == end) fail("not a table of the generator's");
    role[columns] = SKIP;
    size_t length = (size_t)(stop - at);
    for (int f = 0; f < FEATURES; f++)
      if (length == strlen(names[f]) && !memcmp(at, names[f], length)) role[columns] = (enum role)f;
    if (length == 5 && !memcmp(at, "label", 5)) role[columns] = LABEL;
    if (length == 5 && !memcmp(at, "score", 5)) role[columns] = SCORE;
    if (role[columns] != SKIP) last = columns, found++;
    done = *stop == '\n';
    at = stop + 1;
  }
  if (found != FEATURES + 2) fail("a column is missing");

  /* A row has at least two bytes a column. */
  size_t capacity = size / (2 * (size_t)columns) + 1, row = 0;
  for (int f = 0; f < FEATURES; f++) table->code[f] = allocate(capacity);
  table->label = allocate(capacity);
  table->score = allocate(capacity * sizeof(double));
  for (; at < end; row++) {
    for (int column = 0; column <= last; column++) {
      const char *start = at;
      while (*at != ',' && *at != '\n') at++;
      if (role[column] == LABEL)
        table->label[row] = *start == '1';
      else if (role[column] == SCORE)
        table->score[row] = decimal(start, at);
      else if (role[column] != SKIP)
        table->code[role[column]][row] =
            (uint8_t)code(&table->dictionary[role[column]], start, (uint32_t)(at - start));
      at++;
    }
    if (at[-1] != '\n') {
      at = memchr(at, '\n', (size_t)(end - at));
      at = at ? at + 1 : end;
    }
  }
  table->rows = row;
}

/* Counts of one slice: by label, by score. A score of 0.5 opens bin BINS / 2. */
static void print_slice(const char *name, const uint32_t *counts) {
  uint64_t below = 0, outcome[4] = {0};
  double area = 0;
  for (int bin = 0; bin < BINS; bin++) {
    uint64_t negative = counts[bin], positive = counts[BINS + bin];
    area += (double)positive * ((double)below + (double)negative / 2);
    below += negative;
    outcome[bin >= BINS / 2 ? 0 : 2] += positive;
    outcome[bin >= BINS / 2 ? 1 : 3] += negative;
  }
  uint64_t positives = outcome[0] + outcome[2], negatives = below;
  printf("%s,%lu,%lu,%lu,%lu,", name, outcome[0], outcome[1], outcome[2], outcome[3]);
  if (positives && negatives) printf("%.6f", area / ((double)positives * (double)negatives));
  putchar('\n');
}

/* One pass over the rows for the cross of features a and b (b = -1: a alone; both -1: all rows). */
static void evaluate(const struct table *table, const uint8_t *bin, int a, int b) {
  uint32_t wide = a < 0 ? 1 : table->dictionary[a].count, deep = b < 0 ? 1 : table->dictionary[b].count;
  uint32_t *counts = allocate((size_t)wide * deep * 2 * BINS * sizeof(uint32_t));
  const uint8_t *first = a < 0 ? NULL : table->code[a], *second = b < 0 ? NULL : table->code[b];
  for (size_t row = 0; row < table->rows; row++) {
    size_t group = first ? first[row] : 0;
    if (second) group = group * deep + second[row];
    counts[(group * 2 + table->label[row]) * BINS + bin[row]]++;
  }
  char name[512] = "overall";
  for (uint32_t i = 0; i < wide; i++)
    for (uint32_t j = 0; j < deep; j++) {
      const struct dictionary *x = a < 0 ? NULL : &table->dictionary[a], *y = b < 0 ? NULL : &table->dictionary[b];
      if (y)
        snprintf(name, sizeof name, "%s=%.*s & %s=%.*s", names[a], (int)x->length[i], x->text[i], names[b],
                 (int)y->length[j], y->text[j]);
      else if (x)
        snprintf(name, sizeof name, "%s=%.*s", names[a], (int)x->length[i], x->text[i]);
      print_slice(name, counts + ((size_t)i * deep + j) * 2 * BINS);
    }
  free(counts);
}

int main(int count, char **arguments) {
  if (count != 3) fail("usage: reference read|evaluate DATA");
  int file = open(arguments[2], O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status) || status.st_size < 2) fail("cannot read the data");
  size_t size = (size_t)status.st_size;
  const char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (bytes == MAP_FAILED || bytes[size - 1] != '\n') fail("cannot map the data, or it does not end with a line end");

  static struct table table;
  parse(bytes, size, &table);
  if (!strcmp(arguments[1], "read")) {
    double sum = 0;
    for (size_t row = 0; row < table.rows; row++) sum += table.score[row];
    printf("%zu rows, scores sum to %.6f\n", table.rows, sum);
    return 0;
  }
  uint8_t *bin = allocate(table.rows);
  for (size_t row = 0; row < table.rows; row++) {
    int b = (int)(table.score[row] * BINS);
    bin[row] = (uint8_t)(b >= BINS ? BINS - 1 : b);
  }
  evaluate(&table, bin, -1, -1);
  for (int a = 0; a < FEATURES; a++) evaluate(&table, bin, a, -1);
  for (int a = 0; a < FEATURES; a++)
    for (int b = a + 1; b < FEATURES; b++) evaluate(&table, bin, a, b);
  return 0;
}
