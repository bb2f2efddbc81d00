#include "attar_json_reading.h"

#include <string.h>

#include "attar_tables.h"
#include "dispatch.h"
#include "json_texts.h"

// What comes next: a value, the first member of what was opened, a further one, or nothing.
enum { VALUE, FIRST, FURTHER, NOTHING };

ATTAR_INLINE bytes_at blanks(bytes_at at, bytes_at end) {
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) at++;
  return at;
}

// MARK: Numbers and words

// Behind a word, or NULL where another stands there.
static bytes_at word(bytes_at at, bytes_at end, const char *text) {
  size_t length = strlen(text);
  return (size_t)(end - at) >= length && memcmp(at, text, length) == 0 ? at + length : NULL;
}

ATTAR_INLINE bytes_at digits(bytes_at at, bytes_at end) {
  while (at < end && is_digit(*at)) at++;
  return at;
}

// Behind a number, or NULL where none stands there.
ATTAR_INLINE bytes_at number(bytes_at at, bytes_at end, bool nonfinite, attar_json_kind *kind) {
  bytes_at start = at;
  if (*at == '-') at++;
  bytes_at whole = at;
  *kind = ATTAR_JSON_DECIMAL;
  at = digits(at, end);
  if (at == whole) {
    if (!nonfinite || at == end) return NULL;
    return *at == 'I' ? word(at, end, "Infinity") : at == start ? word(at, end, "NaN") : NULL;
  }
  if (*whole == '0' && at - whole > 1) return NULL;
  if (at == end || (*at != '.' && (*at | 0x20) != 'e')) {
    if (at - whole <= 18) *kind = ATTAR_JSON_WHOLE;
    return at;
  }
  if (*at == '.') {
    bytes_at fraction = at + 1;
    at = digits(fraction, end);
    if (at == fraction) return NULL;
  }
  if (at < end && (*at | 0x20) == 'e') {
    at++;
    if (at < end && (*at == '-' || *at == '+')) at++;
    bytes_at exponent = at;
    at = digits(at, end);
    if (at == exponent) return NULL;
  }
  return at;
}

// Behind the last number of an array of numbers alone, or NULL where it holds anything else.
static bytes_at numbers(bytes_at at, bytes_at end, bool nonfinite, attar_json_kind *kind, uint32_t *count) {
  *kind = ATTAR_JSON_WHOLES;
  *count = 0;
  for (;;) {
    at = blanks(at, end);
    attar_json_kind one;
    if (at == end || (at = number(at, end, nonfinite, &one)) == NULL) return NULL;
    if (one == ATTAR_JSON_DECIMAL) *kind = ATTAR_JSON_DECIMALS;
    ++*count;
    at = blanks(at, end);
    if (at == end) return NULL;
    if (*at == ']') return at;
    if (*at++ != ',') return NULL;
  }
}

// MARK: Values

attar_json_status attar_json_read(
    attar_json_scan *scan, const uint8_t *bytes, attar_json_entry *entries, size_t capacity) {
  bytes_at at = bytes + scan->position, end = bytes + scan->end;
  attar_json_status status = ATTAR_JSON_READ;
#define STOP(why)    \
  do {               \
    status = (why);  \
    goto stopped;    \
  } while (0)
#define PLACE(pointer) ((uint32_t)((pointer) - bytes))
  for (;;) {
    // A name and its value.
    if (capacity - scan->count < 2) STOP(ATTAR_JSON_FULL);
    at = blanks(at, end);
    if (scan->state == NOTHING) STOP(at == end ? ATTAR_JSON_READ : ATTAR_JSON_BEHIND);
    if (scan->state != VALUE) {
      uint32_t index = scan->open[scan->depth - 1];
      attar_json_entry *open = &entries[index];
      bool is_object = open->kind == ATTAR_JSON_OBJECT;
      if (at < end && *at == (is_object ? '}' : ']')) {
        open->end = PLACE(++at);
        open->extent = (uint32_t)scan->count;
        uint32_t twice = is_object ? attar_json_repeated(bytes, entries, index + 1, open->extent) : 0;
        if (twice > 0) {
          at = bytes + entries[twice].start;
          STOP(ATTAR_JSON_TWICE);
        }
        scan->state = --scan->depth > 0 ? FURTHER : NOTHING;
        continue;
      }
      if (at == end && scan->state == FIRST) STOP(is_object ? ATTAR_JSON_OPEN_OBJECT : ATTAR_JSON_OPEN_ARRAY);
      if (scan->state == FURTHER) {
        if (at == end || *at != ',') STOP(is_object ? ATTAR_JSON_OPEN_OBJECT : ATTAR_JSON_OPEN_ARRAY);
        at = blanks(at + 1, end);
      }
      if (is_object) {
        if (at == end || *at != '"') STOP(ATTAR_JSON_NO_NAME);
        attar_json_entry name = {.start = PLACE(++at)};
        status = attar_json_text(&at, end, &name.kind);
        if (status != ATTAR_JSON_READ) goto stopped;
        name.end = PLACE(at);
        entries[scan->count++] = name;
        at = blanks(at + 1, end);
        if (at == end || *at != ':') STOP(ATTAR_JSON_NO_COLON);
        at = blanks(at + 1, end);
      }
    }
    if (at == end) STOP(ATTAR_JSON_ENDS);
    attar_json_entry value = {.start = PLACE(at)};
    bytes_at after = NULL;
    switch (*at) {
      case '{':
      case '[':
        if (scan->depth == ATTAR_JSON_DEPTH) STOP(ATTAR_JSON_DEEP);
        if (*at == '[') after = numbers(at + 1, end, scan->nonfinite, &value.kind, &value.extent);
        if (after != NULL) {
          value.start++;
          value.end = PLACE(after);
          at = after + 1;
          break;
        }
        value.kind = *at == '{' ? ATTAR_JSON_OBJECT : ATTAR_JSON_ARRAY;
        scan->open[scan->depth++] = (uint32_t)scan->count;
        entries[scan->count++] = value;
        scan->state = FIRST;
        at++;
        continue;
      case '"':
        value.start = PLACE(++at);
        status = attar_json_text(&at, end, &value.kind);
        if (status != ATTAR_JSON_READ) goto stopped;
        value.end = PLACE(at++);
        break;
      default:
        value.kind = *at == 't' ? ATTAR_JSON_TRUE : *at == 'f' ? ATTAR_JSON_FALSE : ATTAR_JSON_NULL;
        after = *at == 't'   ? word(at, end, "true")
                : *at == 'f' ? word(at, end, "false")
                : *at == 'n' ? word(at, end, "null")
                             : number(at, end, scan->nonfinite, &value.kind);
        if (after == NULL) STOP(ATTAR_JSON_NO_VALUE);
        // What goes on is another word.
        uint8_t follows = after < end ? *after : ' ';
        bool goes_on = is_digit(follows) || (uint8_t)((follows | 0x20) - 'a') < 26 || follows == '.' || follows == '-' || follows == '+';
        if (goes_on) STOP(ATTAR_JSON_NO_VALUE);
        value.end = PLACE(after);
        at = after;
    }
    entries[scan->count++] = value;
    scan->state = scan->depth > 0 ? FURTHER : NOTHING;
  }
stopped:
  scan->position = PLACE(at);
  return status;
}

// MARK: Arrays of numbers

size_t attar_json_number_end(const uint8_t *bytes, size_t start, size_t end) {
  while (start < end && bytes[start] > ' ' && bytes[start] != ',') start++;
  return start;
}

void attar_json_floats(const uint8_t *bytes, size_t start, size_t end, float *values, size_t first) {
  for (size_t at = start; at < end;) {
    if (bytes[at] <= ' ' || bytes[at] == ',') {
      at++;
      continue;
    }
    size_t number = at;
    bool rounded = false;
    at = attar_json_number_end(bytes, at, end);
    attar_parse_number(bytes, number, at - number, &values[first++], &rounded);
  }
}

void attar_json_integers(const uint8_t *bytes, size_t start, size_t end, int64_t *values) {
  for (size_t at = start; at < end;) {
    if (bytes[at] <= ' ' || bytes[at] == ',') {
      at++;
      continue;
    }
    bool is_negative = bytes[at] == '-';
    int64_t value = 0;
    for (at += is_negative; at < end && is_digit(bytes[at]); at++) value = value * 10 + (bytes[at] - '0');
    *values++ = is_negative ? -value : value;
  }
}
