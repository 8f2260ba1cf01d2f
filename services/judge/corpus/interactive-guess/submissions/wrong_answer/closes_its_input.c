#include <stdio.h>
#include <unistd.h>
int main(void) {
    close(0);
    for (int i = 0; i < 10; i++) { printf("2\n"); fflush(stdout); }
    return 0;
}
