// Texts in JSON: where they end, what they stand for, and whether two of an object's names are the same.
#include "json_texts.h"

#include <stdlib.h>
#include <string.h>

// The value of four hexadecimal digits, or -1.
static int32_t hexadecimal(bytes_at at, bytes_at end) {
  if (end - at < 4) return -1;
  int32_t value = 0;
  for (int i = 0; i < 4; i++) {
    uint8_t letter = at[i] | 0x20;
    int32_t digit = is_digit(at[i]) ? at[i] - '0' : letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

// Passes over an escape, whose backslash is at *at.
static attar_json_status escape(bytes_at *at, bytes_at end) {
  bytes_at letter = *at + 1;
  if (letter == end) return ATTAR_JSON_OPEN_TEXT;
  if (*letter != 'u') {
    if (memchr("\"\\/bfnrt", *letter, 8) == NULL) return ATTAR_JSON_NO_ESCAPE;
    *at += 2;
    return ATTAR_JSON_READ;
  }
  int32_t unit = hexadecimal(letter + 1, end);
  if (unit < 0) return ATTAR_JSON_NO_ESCAPE;
  bool is_high = (unit & 0xFC00) == 0xD800, is_low = (unit & 0xFC00) == 0xDC00;
  if (is_high) {
    bool goes_on = end - *at >= 12 && (*at)[6] == '\\' && (*at)[7] == 'u';
    if (!goes_on || (hexadecimal(*at + 8, end) & 0xFFFFFC00) != 0xDC00) return ATTAR_JSON_SURROGATE;
    *at += 12;
    return ATTAR_JSON_READ;
  }
  if (is_low) return ATTAR_JSON_SURROGATE;
  *at += 6;
  return ATTAR_JSON_READ;
}

// The length of the character of more than one byte at the beginning, or 0 where it is none (RFC 3629).
ATTAR_INLINE size_t character(bytes_at at, bytes_at end) {
  uint8_t first = at[0];
  size_t length = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0) == 0xE0 ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
  if (length == 0 || (size_t)(end - at) < length) return 0;
  // Overlong forms, surrogates, and what is beyond U+10FFFF show in the second byte.
  uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80, high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (at[1] < low || at[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((at[i] & 0xC0) != 0x80) return 0;
  }
  return length;
}

// Marks bytes of a word that end a run of plain ASCII; above the first one, the marks may be false.
ATTAR_INLINE uint64_t special(uint64_t word) {
  const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
  uint64_t quote = word ^ (ones * '"'), backslash = word ^ (ones * '\\');
  return (((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash) | word) & tops;
}

attar_json_status attar_json_text(bytes_at *from, bytes_at end, attar_json_kind *kind) {
  bytes_at at = *from;
  *kind = ATTAR_JSON_PLAIN;
  attar_json_status status = ATTAR_JSON_READ;
  for (;;) {
    while (end - at >= 8) {
      uint64_t word;
      memcpy(&word, at, 8);
      uint64_t marks = special(word);
      if (marks == 0) {
        at += 8;
        continue;
      }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
      at += __builtin_ctzll(marks) / 8;
#endif
      break;
    }
    if (at == end) {
      // The beginning is the better place to look.
      status = ATTAR_JSON_OPEN_TEXT;
      at = *from - 1;
      break;
    }
    if (*at == '"') break;
    if (*at == '\\') {
      *kind = ATTAR_JSON_ESCAPED;
      status = escape(&at, end);
      if (status != ATTAR_JSON_READ) break;
    } else if (*at < 0x20) {
      status = ATTAR_JSON_CONTROL;
      break;
    } else if (*at >= 0x80) {
      size_t length = character(at, end);
      if (length == 0) {
        status = ATTAR_JSON_NOT_UTF8;
        break;
      }
      at += length;
    } else {
      at++;
    }
  }
  *from = at;
  return status;
}

// Writes what the escape at *at stands for, in UTF-8; returns the number of bytes, at most 4.
static size_t unescape(bytes_at *at, bytes_at end, uint8_t *bytes) {
  uint8_t letter = (*at)[1];
  *at += 2;
  if (letter != 'u') {
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const char *found = strchr(letters, letter);
    bytes[0] = found ? (uint8_t)meanings[found - letters] : letter;
    return 1;
  }
  uint32_t scalar = (uint32_t)hexadecimal(*at, end);
  *at += 4;
  if ((scalar & 0xFC00) == 0xD800) {
    scalar = 0x10000 + ((scalar & 0x3FF) << 10) + ((uint32_t)hexadecimal(*at + 2, end) & 0x3FF);
    *at += 6;
  }
  if (scalar < 0x80) {
    bytes[0] = (uint8_t)scalar;
    return 1;
  }
  size_t length = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--, scalar >>= 6) bytes[i] = 0x80 | (scalar & 0x3F);
  static const uint8_t heads[] = {0, 0, 0xC0, 0xE0, 0xF0};
  bytes[0] = (uint8_t)(heads[length] | scalar);
  return length;
}

size_t attar_json_unescape(const uint8_t *bytes, size_t start, size_t end, uint8_t *text) {
  bytes_at at = bytes + start;
  uint8_t *to = text;
  while (at < bytes + end) {
    if (*at == '\\') {
      to += unescape(&at, bytes + end, to);
    } else {
      *to++ = *at++;
    }
  }
  return (size_t)(to - text);
}

// MARK: Names that stand twice

// What a text stands for, byte by byte.
typedef struct {
  bytes_at at, end;
  uint8_t left[4];
  size_t used, count;
} stream;

ATTAR_INLINE int next(stream *text) {
  if (text->used < text->count) return text->left[text->used++];
  if (text->at == text->end) return -1;
  if (*text->at != '\\') return *text->at++;
  text->count = unescape(&text->at, text->end, text->left);
  text->used = 1;
  return text->left[0];
}

ATTAR_INLINE stream stream_of(const uint8_t *bytes, attar_json_entry entry) {
  return (stream){.at = bytes + entry.start, .end = bytes + entry.end};
}

static bool same(const uint8_t *bytes, attar_json_entry first, attar_json_entry second) {
  if (first.kind == ATTAR_JSON_PLAIN && second.kind == ATTAR_JSON_PLAIN) {
    size_t length = first.end - first.start;
    return second.end - second.start == length && memcmp(bytes + first.start, bytes + second.start, length) == 0;
  }
  stream one = stream_of(bytes, first), other = stream_of(bytes, second);
  for (;;) {
    int byte = next(&one);
    if (byte != next(&other)) return false;
    if (byte < 0) return true;
  }
}

static uint64_t hash(const uint8_t *bytes, attar_json_entry name, uint64_t seed) {
  const uint64_t prime = 0x100000001b3;
  uint64_t hash = seed;
  if (name.kind == ATTAR_JSON_PLAIN) {
    for (size_t i = name.start; i < name.end; i++) hash = (hash ^ bytes[i]) * prime;
  } else {
    stream text = stream_of(bytes, name);
    for (int byte = next(&text); byte >= 0; byte = next(&text)) hash = (hash ^ (uint64_t)byte) * prime;
  }
  return hash * 0x9E3779B97F4A7C15;
}

uint32_t attar_json_repeated(const uint8_t *bytes, const attar_json_entry *entries, uint32_t first, uint32_t last) {
  enum { FEW = 8, SLOTS = 256 };
  size_t names = 0;
  uint32_t few[FEW];
  for (uint32_t name = first; name < last; name = behind(entries, name + 1)) {
    if (names < FEW) few[names] = name;
    names++;
  }
  if (names <= FEW) {
    for (size_t i = 1; i < names; i++) {
      for (size_t j = 0; j < i; j++) {
        if (same(bytes, entries[few[i]], entries[few[j]])) return few[i];
      }
    }
    return 0;
  }
  uint32_t on_stack[SLOTS], *slots = on_stack;
  unsigned bits = 8;
  while ((size_t)1 << bits < 2 * names) bits++;
  if (bits > 8) slots = malloc(sizeof *slots << bits);
  if (slots == NULL) abort();
  memset(slots, 0, sizeof *slots << bits);
  // Where the bytes lie differs from run to run, so that nobody can choose names that all fall into one slot.
  uint64_t seed = 0xcbf29ce484222325 ^ (uint64_t)(uintptr_t)bytes;
  uint32_t found = 0;
  for (uint32_t name = first; name < last && found == 0; name = behind(entries, name + 1)) {
    size_t slot = (size_t)(hash(bytes, entries[name], seed) >> (64 - bits));
    for (; slots[slot] != 0 && found == 0; slot = (slot + 1) & (((size_t)1 << bits) - 1)) {
      if (same(bytes, entries[slots[slot]], entries[name])) found = name;
    }
    slots[slot] = name;
  }
  if (slots != on_stack) free(slots);
  return found;
}
