#include <sys/wait.h>
#include <unistd.h>
int main(void) { if (fork() == 0) for (volatile int i = 0;; i++) {} wait(0); }