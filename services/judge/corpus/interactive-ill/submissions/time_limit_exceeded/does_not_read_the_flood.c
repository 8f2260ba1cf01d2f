#include <stdio.h>
#include <unistd.h>
int main(void) {
    puts("flood");
    fflush(stdout);
    for (;;) pause();
}
