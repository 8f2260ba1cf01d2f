#include <csignal>
#include <cstdio>
int main() {
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < 1000000; i++) puts("2");
    while (getchar() != EOF) {}
}
