#include <stdlib.h>

int main(void) {
    /* 400 MiB at once, over the limit of 256 MiB; each page is touched. */
    size_t size = (size_t)400 << 20;
    volatile char *block = malloc(size);
    if (!block) return 1;
    for (size_t at = 0; at < size; at += 4096) block[at] = 7;
    return block[4096] == 7 ? 0 : 1;
}
