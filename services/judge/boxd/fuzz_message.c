/* Drives the message parser: with libFuzzer (clang -fsanitize=fuzzer -DLIBFUZZER), or by itself,
   mutating a valid message for a number of rounds from a seed: fuzz-message ROUNDS SEED. */
#include "boxd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything that the parser hands out is read to its end, so that a stray pointer is seen. */
static size_t read_all(const struct run *run) {
    size_t sum = 0;
    for (uint32_t i = 0; i < run->head->args; i++)
        sum += strlen(run->argv[i]);
    for (uint32_t i = 0; i < run->head->environment; i++)
        sum += strlen(run->environment[i]);
    for (uint32_t i = 0; i < run->head->files; i++) {
        if (!name_is_safe(run->file_name[i]) || run->file_fd[i] < 10)
            abort();
        sum += run->file[i].mode;
    }
    for (uint32_t i = 0; i < run->head->collects; i++)
        sum += strlen(run->collect_name[i]) + run->collect[i].max_bytes;
    for (int i = 0; i < 3; i++)
        sum += (size_t)(run->standard[i] + 1);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct run run;
    int fds[MAX_FDS];
    for (int i = 0; i < MAX_FDS; i++)
        fds[i] = 10 + i;
    if (size == 0 || size > MESSAGE_BYTES)
        return 0;
    char *copy = malloc(size - 1 ? size - 1 : 1); /* exactly as long as it says: ASan sees beyond */
    memcpy(copy, data + 1, size - 1);
    if (parse_run(copy, size - 1, fds, data[0] % MAX_FDS, &run) == NULL && read_all(&run) == ~0UL)
        abort();
    free(copy);
    return 0;
}

#ifndef LIBFUZZER
static size_t valid_message(uint8_t *out) {
    struct request head = {.magic = BOXD_MAGIC, .kind = REQUEST_RUN, .cpu_time_us = 1, .wall_time_us = 1,
                           .memory_bytes = 1 << 20, .box_bytes = 4096, .box_inodes = 2,
                           .processes = 1, .open_files = 3, .args = 2, .environment = 1, .files = 2,
                           .collects = 1, .flags = RUN_HAS_STDIN | RUN_HAS_EXECUTABLE};
    const struct file_entry files[2] = {{0444, 0}, {0555, 0}};
    const struct collect_entry collect = {100, 0, 0};
    const char text[] = "argv0\0argv1\0KEY=value\0dir/file\0other\0out";
    uint8_t *at = out;
    head.text_bytes = sizeof text;
    *at++ = 4; /* descriptors */
    memcpy(at, &head, sizeof head);
    memcpy(at + sizeof head, files, sizeof files);
    memcpy(at + sizeof head + sizeof files, &collect, sizeof collect);
    memcpy(at + sizeof head + sizeof files + sizeof collect, text, sizeof text);
    return 1 + sizeof head + sizeof files + sizeof collect + sizeof text;
}

static void mutate(uint8_t *message, size_t *size) {
    static const uint32_t odd[] = {0, 1, 2, 0x7f, 0xff, 0x100, 0x7fffffff, 0x80000000, 0xffffffff};
    for (int changes = 1 + rand() % 6; changes > 0; changes--) {
        size_t at = (size_t)rand() % *size;
        switch (rand() % 5) {
        case 0: message[at] = (uint8_t)rand(); break;
        case 1: message[at] ^= (uint8_t)(1 << rand() % 8); break;
        case 2: *size = at + 1; break;
        case 3: message[at] = (uint8_t)("\0/.a"[rand() % 4]); break;
        default:
            at &= ~3UL;
            if (at + 4 < *size)
                memcpy(message + 1 + at - (at ? 1 : 0), &odd[(size_t)rand() % 9], sizeof odd[0]);
        }
    }
}

int main(int count, char **arguments) {
    long rounds = count > 1 ? atol(arguments[1]) : 100000, accepted = 0;
    srand(count > 2 ? (unsigned)atoi(arguments[2]) : 1);
    for (long i = 0; i < rounds; i++) {
        uint8_t message[1024] __attribute__((aligned(16)));
        size_t size = valid_message(message);
        if (i)
            mutate(message, &size);
        LLVMFuzzerTestOneInput(message, size);
        int fds[4] = {10, 11, 12, 13};
        static struct run run;
        memmove(message, message + 1, size - 1); /* aligned, as init's buffer is */
        accepted += parse_run((char *)message, size - 1, fds, 4, &run) == NULL;
    }
    printf("%ld messages, %ld accepted\n", rounds, accepted);
    return accepted > 0 ? 0 : 1;
}
#endif
