// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "lib.h"

/* No other use of a key hashes anything that begins so; the NUL is hashed too. */
static const char label[] = "libpdcp key fingerprint";

int pdcp_fingerprint(const void *key, size_t len, struct pdcp_fingerprint *fingerprint)
{
	EVP_MD_CTX *hash = EVP_MD_CTX_new();
	uint8_t digest[EVP_MAX_MD_SIZE];
	bool ok;

	ok = hash && EVP_DigestInit_ex(hash, EVP_sha256(), NULL) &&
	     EVP_DigestUpdate(hash, label, sizeof(label)) && EVP_DigestUpdate(hash, key, len) &&
	     EVP_DigestFinal_ex(hash, digest, NULL);
	EVP_MD_CTX_free(hash);
	if (!ok)
		return -EIO;
	memcpy(fingerprint->octets, digest, sizeof(fingerprint->octets));
	pdcp_stack_erase();
	return 0;
}

const char *pdcp_fingerprint_format(const struct pdcp_fingerprint *fingerprint,
				    char text[PDCP_FINGERPRINT_STRLEN])
{
	size_t i;

	for (i = 0; i < sizeof(fingerprint->octets); i++)
		sprintf(text + 2 * i, "%02x", fingerprint->octets[i]);
	return text;
}
