/*
 * What Leeward uses of libcrypto 3.0, and the few things Swift cannot call by itself: macros, variadic parameter lists
 * (OSSL_PARAM holds bare C strings whose life Swift cannot promise), and handles that threads may share.
 *
 * Nothing here decides anything. Every function returns 1 for success and anything else for failure, as libcrypto does,
 * and leaves no secret behind that it made itself.
 */
#ifndef LEEWARD_COPENSSL_SHIM_H
#define LEEWARD_COPENSSL_SHIM_H

#include <stddef.h>
#include <stdint.h>

#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

/* The compiler of Swift cannot know that libcrypto's fetched algorithms are immutable, counted by reference and made to
 * be shared by threads (EVP_MD_fetch(3), "crypto(7): algorithm fetching"). These three structs say it, once, here. */
#define LEEWARD_SHARED_BY_THREADS __attribute__((swift_attr("@Sendable")))

/* A digest fetched once for the life of the process; null when libcrypto has none of that name. */
typedef struct LEEWARD_SHARED_BY_THREADS { EVP_MD *handle; } leeward_digest;

/* A cipher fetched once for the life of the process. */
typedef struct LEEWARD_SHARED_BY_THREADS { EVP_CIPHER *handle; } leeward_cipher;

/* A key derivation function fetched once for the life of the process. */
typedef struct LEEWARD_SHARED_BY_THREADS { EVP_KDF *handle; } leeward_kdf;

/* Macros with __FILE__ and __LINE__ inside, which Swift does not import. The second takes memory from the ordinary heap:
 * the caller asks for it when the locked arena is full. */
static inline void *leeward_secure_malloc(size_t count) { return OPENSSL_secure_malloc(count); }
static inline void *leeward_malloc(size_t count) { return OPENSSL_malloc(count); }

/* Wipes and frees memory of either heap: libcrypto looks which one the address belongs to. */
static inline void leeward_wipe_and_free(void *start, size_t count) { OPENSSL_secure_clear_free(start, count); }

/* No core dump (RLIMIT_CORE 0, hard and soft) and, on Linux, no reading of this process by others of the same user
 * (PR_SET_DUMPABLE 0, which is variadic). Not libcrypto's, but the other half of its locked arena. */
static inline int leeward_forbid_dumps(void)
{
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return 0;
#ifdef __linux__
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return 0;
#endif
    return 1;
}

static inline int leeward_dumps_are_forbidden(void)
{
    struct rlimit limit;
    int ok = getrlimit(RLIMIT_CORE, &limit) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0;
#ifdef __linux__
    ok = ok && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
#endif
    return ok;
}

/* SHA-256 of three pieces in one pass, so that nobody has to join them first. */
static inline int leeward_digest_pieces(
    leeward_digest digest,
    const void *a, size_t a_count, const void *b, size_t b_count, const void *c, size_t c_count,
    unsigned char *out)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int ok = ctx != NULL
        && EVP_DigestInit_ex2(ctx, digest.handle, NULL) == 1
        && (a_count == 0 || EVP_DigestUpdate(ctx, a, a_count) == 1)
        && (b_count == 0 || EVP_DigestUpdate(ctx, b, b_count) == 1)
        && (c_count == 0 || EVP_DigestUpdate(ctx, c, c_count) == 1)
        && EVP_DigestFinal_ex(ctx, out, NULL) == 1;
    EVP_MD_CTX_free(ctx);
    return ok;
}

/* HKDF (RFC 5869). mode is one of EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, _EXTRACT_ONLY, _EXPAND_ONLY. */
static inline int leeward_hkdf(
    leeward_kdf kdf, int mode, const char *digest,
    const void *key, size_t key_count, const void *salt, size_t salt_count, const void *info, size_t info_count,
    unsigned char *out, size_t out_count)
{
    OSSL_PARAM params[6], *p = params;
    EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf.handle);
    int ok;
    *p++ = OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode);
    *p++ = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)digest, 0);
    *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key, key_count);
    if (salt_count > 0) *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count);
    if (info_count > 0) *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)info, info_count);
    *p = OSSL_PARAM_construct_end();
    ok = ctx != NULL && EVP_KDF_derive(ctx, out, out_count, params) == 1;
    EVP_KDF_CTX_free(ctx);
    return ok;
}

/* scrypt (RFC 7914). maxmem must be a real limit: 0 is an error for EVP_KDF. */
static inline int leeward_scrypt(
    leeward_kdf kdf, const void *password, size_t password_count, const void *salt, size_t salt_count,
    uint64_t n, uint32_t r, uint32_t p_lanes, uint64_t maxmem, unsigned char *out, size_t out_count)
{
    OSSL_PARAM params[7], *p = params;
    EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf.handle);
    int ok;
    *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (void *)password, password_count);
    *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)salt, salt_count);
    *p++ = OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n);
    *p++ = OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r);
    *p++ = OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p_lanes);
    *p++ = OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &maxmem);
    *p = OSSL_PARAM_construct_end();
    ok = ctx != NULL && EVP_KDF_derive(ctx, out, out_count, params) == 1;
    EVP_KDF_CTX_free(ctx);
    return ok;
}

/* HMAC with SHA256 or SHA1, by name. EVP_Q_mac wants C strings and an optional length out; out_count bytes are written or
 * it failed. */
static inline int leeward_hmac(
    const char *digest, const void *key, size_t key_count, const void *message, size_t message_count,
    unsigned char *out, size_t out_count)
{
    size_t written = 0;
    return EVP_Q_mac(NULL, "HMAC", NULL, digest, NULL, key, key_count,
                     (const unsigned char *)message, message_count, out, out_count, &written) != NULL
        && written == out_count;
}

/* The private half of a curve key is imported, used and freed inside one call: libcrypto keeps an imported key on the
 * ordinary heap (it cleanses it when freed), so it must not live longer than the sum it is needed for. */

/* Ed25519 public key of a seed (RFC 8032, section 5.1.5), X25519 public key of a private one (RFC 7748, section 6.1);
 * type is EVP_PKEY_ED25519 or EVP_PKEY_X25519. */
static inline int leeward_public_key(int type, const unsigned char seed[32], unsigned char out[32])
{
    size_t count = 32;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(
        NULL, type == EVP_PKEY_ED25519 ? "ED25519" : "X25519", NULL, seed, 32);
    int ok = key != NULL && EVP_PKEY_get_raw_public_key(key, out, &count) == 1 && count == 32;
    EVP_PKEY_free(key);
    return ok;
}

/* Ed25519 signature (RFC 8032, section 5.1.6). */
static inline int leeward_ed25519_sign(
    const unsigned char seed[32], const unsigned char *message, size_t message_count, unsigned char out[64])
{
    size_t count = 64;
    EVP_PKEY *key = EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL, seed, 32);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int ok = key != NULL && ctx != NULL
        && EVP_DigestSignInit_ex(ctx, NULL, NULL, NULL, NULL, key, NULL) == 1
        && EVP_DigestSign(ctx, out, &count, message, message_count) == 1 && count == 64;
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return ok;
}

/* Ed25519 verification (RFC 8032, section 5.1.7): 1 for a valid signature and nothing else. */
static inline int leeward_ed25519_verify(
    const unsigned char public_key[32], const unsigned char *message, size_t message_count,
    const unsigned char signature[64])
{
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, public_key, 32);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    int ok = key != NULL && ctx != NULL
        && EVP_DigestVerifyInit_ex(ctx, NULL, NULL, NULL, NULL, key, NULL) == 1
        && EVP_DigestVerify(ctx, signature, 64, message, message_count) == 1;
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return ok;
}

/* X25519 (RFC 7748, section 6.1). EVP_PKEY_derive refuses an all-zero result, as RFC 9180 section 7.1.4 demands. */
static inline int leeward_x25519(
    const unsigned char private_key[32], const unsigned char peer_key[32], unsigned char out[32])
{
    size_t count = 32;
    EVP_PKEY *own = EVP_PKEY_new_raw_private_key_ex(NULL, "X25519", NULL, private_key, 32);
    EVP_PKEY *peer = EVP_PKEY_new_raw_public_key_ex(NULL, "X25519", NULL, peer_key, 32);
    EVP_PKEY_CTX *ctx = own == NULL ? NULL : EVP_PKEY_CTX_new_from_pkey(NULL, own, NULL);
    int ok = peer != NULL && ctx != NULL
        && EVP_PKEY_derive_init(ctx) == 1
        && EVP_PKEY_derive_set_peer(ctx, peer) == 1
        && EVP_PKEY_derive(ctx, out, &count) == 1 && count == 32;
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(peer);
    EVP_PKEY_free(own);
    return ok;
}

/* One sealing with AES-GCM or ChaCha20-Poly1305: out receives count bytes, tag 16. The nonce has any length up to 128 bytes, libcrypto's limit.
 * in and out may be the same memory. ctx is reused by the chunks of one message and holds its key schedule: pass a null
 * cipher from the second chunk on. */
static inline int leeward_aead_seal(
    EVP_CIPHER_CTX *ctx, const EVP_CIPHER *cipher, const unsigned char *key,
    const unsigned char *nonce, size_t nonce_count, const void *aad, size_t aad_count,
    const unsigned char *in, size_t count, unsigned char *out, unsigned char tag[16])
{
    int written = 0;
    if (nonce_count > 128 || count > INT32_MAX || aad_count > INT32_MAX) return 0;
    if (cipher != NULL
        && (EVP_EncryptInit_ex2(ctx, cipher, NULL, NULL, NULL) != 1
            || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)nonce_count, NULL) != 1)) return 0;
    return EVP_EncryptInit_ex2(ctx, NULL, cipher == NULL ? NULL : key, nonce, NULL) == 1
        && (aad_count == 0 || EVP_EncryptUpdate(ctx, NULL, &written, (const unsigned char *)aad, (int)aad_count) == 1)
        && (count == 0 || (EVP_EncryptUpdate(ctx, out, &written, in, (int)count) == 1 && (size_t)written == count))
        && EVP_EncryptFinal_ex(ctx, tag, &written) == 1 && written == 0
        && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, 16, tag) == 1;
}

/* The way back. When the tag does not fit, what was written to out is cleansed before returning. */
static inline int leeward_aead_open(
    EVP_CIPHER_CTX *ctx, const EVP_CIPHER *cipher, const unsigned char *key,
    const unsigned char *nonce, size_t nonce_count, const void *aad, size_t aad_count,
    const unsigned char *in, size_t count, unsigned char *out, const unsigned char tag[16])
{
    int written = 0, ok;
    unsigned char rest[16];
    if (nonce_count > 128 || count > INT32_MAX || aad_count > INT32_MAX) return 0;
    if (cipher != NULL
        && (EVP_DecryptInit_ex2(ctx, cipher, NULL, NULL, NULL) != 1
            || EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)nonce_count, NULL) != 1)) return 0;
    ok = EVP_DecryptInit_ex2(ctx, NULL, cipher == NULL ? NULL : key, nonce, NULL) == 1
        && (aad_count == 0 || EVP_DecryptUpdate(ctx, NULL, &written, (const unsigned char *)aad, (int)aad_count) == 1)
        && (count == 0 || (EVP_DecryptUpdate(ctx, out, &written, in, (int)count) == 1 && (size_t)written == count))
        && EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, 16, (void *)tag) == 1
        && EVP_DecryptFinal_ex(ctx, rest, &written) == 1 && written == 0;
    if (!ok && count > 0) OPENSSL_cleanse(out, count);
    return ok;
}

#endif
