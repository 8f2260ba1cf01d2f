#include <stdlib.h>
#include <string.h>
int main(void) {
    for (;;) {
        char *piece = malloc(1 << 24);
        if (!piece) return 0;
        memset(piece, 1, 1 << 24);
    }
}
