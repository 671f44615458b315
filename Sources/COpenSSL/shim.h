#ifndef LEEWARD_COPENSSL_SHIM_H
#define LEEWARD_COPENSSL_SHIM_H
#include <openssl/evp.h>
#endif
