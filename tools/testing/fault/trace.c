// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include "trace.h"

#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"

enum {
	FRAMES_MAX = 64,
	NAME_SIZE = 64,
	/* As many functions of the kernel's are told. */
	KERNEL_FRAMES = 4,
};

/**
 * struct stack - Functions, the innermost first
 * @count: how many
 * @name: what they are called
 * @ours: whether they are pdcp's
 */
struct stack {
	unsigned int count;
	char name[FRAMES_MAX][NAME_SIZE];
	bool ours[FRAMES_MAX];
};

/* How the functions begin that lie between who allocates and what lets it fail. */
static const char *const allocators[] = {
	"dump_stack", "should_fail", "fail_dump", "__should_fail", "kmem_cache_alloc",
	"__kmem_cache_alloc", "kmalloc", "__kmalloc", "__do_kmalloc", "kvmalloc", "__kvmalloc",
	"kmemdup", "alloc_pages", "__alloc_pages", "prepare_alloc_pages", "slab_pre_alloc_hook",
	"___slab_alloc", "__slab_alloc", "allocate_slab", "new_slab", NULL,
};

static int trace_fd = -1;

void trace_begin(void)
{
	if (trace_fd < 0)
		trace_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (trace_fd < 0 || lseek(trace_fd, 0, SEEK_END) < 0)
		err(FAULT_TROUBLE, "/dev/kmsg");
}

/* A line " FUNCTION+0xAT/0xSIZE [MODULE]"; one with a "? " may be a remnant. */
static void frame_add(struct stack *stack, const char *line)
{
	char name[NAME_SIZE], module[NAME_SIZE] = "";
	unsigned int at, size;

	if (stack->count == FRAMES_MAX ||
	    sscanf(line, " %63[^+ ]+0x%x/0x%x [%63[^]]]", name, &at, &size, module) < 3)
		return;
	memcpy(stack->name[stack->count], name, sizeof(name));
	stack->ours[stack->count++] = !strncmp(module, "pdcp", 4);
}

/* A record is "PRIORITY,SEQUENCE,TIME,FLAGS;TEXT" and has no zero at its end. */
static void stack_read(struct stack *stack)
{
	char record[4096];
	const char *text;
	ssize_t len;

	stack->count = 0;
	while ((len = read(trace_fd, record, sizeof(record) - 1)) > 0) {
		record[len] = '\0';
		text = strchr(record, ';');
		if (text && strstr(text, "FAULT_INJECTION"))
			stack->count = 0;
		else if (text)
			frame_add(stack, text + 1);
	}
}

static bool is_allocator(const char *name)
{
	unsigned int i;

	for (i = 0; allocators[i]; i++)
		if (!strncmp(name, allocators[i], strlen(allocators[i])))
			return true;
	return false;
}

static void stack_print(const struct stack *stack, bool ours, unsigned int max, char *text,
			size_t size)
{
	size_t used = 0;
	unsigned int i;

	text[0] = '\0';
	for (i = 0; i < stack->count && max && used < size; i++) {
		if (ours ? !stack->ours[i] : !used && is_allocator(stack->name[i]))
			continue;
		used += snprintf(text + used, size - used, "%s%s", used ? " < " : "",
				 stack->name[i]);
		max--;
	}
}

void trace_end(char *text, size_t size)
{
	static struct stack stack;

	stack_read(&stack);
	stack_print(&stack, true, FRAMES_MAX, text, size);
	if (!text[0])
		stack_print(&stack, false, KERNEL_FRAMES, text, size);
	if (!text[0])
		snprintf(text, size, "-");
}
