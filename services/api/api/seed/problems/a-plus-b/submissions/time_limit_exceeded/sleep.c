/* Uses no processor at all: the clock on the wall ends it. */
#include <unistd.h>

int main(void) {
    for (;;) sleep(10);
}
