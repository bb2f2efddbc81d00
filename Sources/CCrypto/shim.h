#pragma once
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The first 16 bytes of the SHA-256 of each of `count` records of `width` bytes, one after the other. With the functions that need no look-up
// of the algorithm for each record: records are short and many.
static inline void attar_record_digests(const uint8_t *records, size_t width, size_t count, uint8_t *digests, size_t offset) {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    for (size_t row = 0; row < count; row++) {
        unsigned char digest[SHA256_DIGEST_LENGTH];
        SHA256_CTX context;
        SHA256_Init(&context);
        SHA256_Update(&context, records + row * width, width);
        SHA256_Final(digest, &context);
        memcpy(digests + offset + 16 * row, digest, 16);
    }
#pragma clang diagnostic pop
}
