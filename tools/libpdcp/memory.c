// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "lib.h"

enum {
	/* Octets of stack that a crypto library may have used. */
	STACK_USED = 16384,
};

/*
 * Whole pages: locking does not nest, so memory that shared a page with other
 * locked memory would be unlocked with it.
 */
void *pdcp_secret_new(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int err;

	if (memory == MAP_FAILED)
		return NULL;
	if (mlock(memory, size)) {
		err = errno;
		munmap(memory, size);
		errno = err;
		return NULL;
	}
	madvise(memory, size, MADV_DONTDUMP);	/* some kernels take no advice */
	return memory;
}

void pdcp_secret_free(void *memory, size_t size)
{
	if (!memory)
		return;
	explicit_bzero(memory, size);
	munmap(memory, size);
}

[[gnu::noinline]]
void pdcp_stack_erase(void)
{
	uint8_t below[STACK_USED];

	explicit_bzero(below, sizeof(below));
}

struct pdcp_keys *pdcp_keys_new(void)
{
	return pdcp_secret_new(sizeof(struct pdcp_keys));
}

void pdcp_keys_free(struct pdcp_keys *keys)
{
	pdcp_secret_free(keys, sizeof(*keys));
}
