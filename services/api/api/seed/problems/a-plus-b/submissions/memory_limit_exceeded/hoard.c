#include <stdlib.h>
#include <string.h>

int main(void) {
    /* 400 MiB at once, over the limit of 256 MiB. */
    size_t size = (size_t)400 << 20;
    char *block = malloc(size);
    if (!block) return 1;
    memset(block, 7, size);
    return block[12345] == 7 ? 0 : 1;
}
