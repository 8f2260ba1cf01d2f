#include <stdio.h>
int main(void) {
    puts("zero");
    fflush(stdout);
    return getchar() != EOF;
}
