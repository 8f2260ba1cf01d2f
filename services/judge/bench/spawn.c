/* The yardstick: posix_spawn and wait4 of a program, from a small C process. Prints nanoseconds,
   one line for each of N rounds asked for on stdin ("go\n" each), so that it interleaves. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int main(int count, char **arguments) {
    char line[16];
    if (count != 2)
        return 64;
    while (fgets(line, sizeof line, stdin)) {
        struct timespec from, to;
        struct rusage usage;
        posix_spawn_file_actions_t actions;
        char *program[] = {arguments[1], NULL};
        pid_t pid;
        clock_gettime(CLOCK_MONOTONIC, &from);
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        if (posix_spawn(&pid, arguments[1], &actions, NULL, program, environ) != 0 ||
            wait4(pid, NULL, 0, &usage) != pid)
            return 71;
        posix_spawn_file_actions_destroy(&actions);
        clock_gettime(CLOCK_MONOTONIC, &to);
        printf("%lld\n", (long long)(to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec);
        fflush(stdout);
    }
    return 0;
}
