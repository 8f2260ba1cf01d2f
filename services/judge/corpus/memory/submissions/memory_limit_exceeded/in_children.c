#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) { for (int i = 0; i < 8; i++) if (fork() == 0) { volatile char *p = malloc(20 << 20); for (long i = 0; i < 20l << 20; i += 512) p[i] = 1; sleep(1); _exit(0); } while (wait(0) > 0) {} return 0; }