#include <cstdlib>
#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

int main(int, char** argv) {
    std::string wish;
    std::cin >> wish;
    if (wish == "crash") abort();
    if (wish == "zero") return 0;
    if (wish == "points") return 7;
    if (wish == "loop") for (volatile int i = 0;; i = i + 1) {}
    if (wish == "memory") for (std::vector<std::string> all;;) all.emplace_back(1 << 24, 'x');
    if (wish == "link") {
        std::string name = std::string(argv[3]) + "judgemessage.txt";
        return symlink("/etc/passwd", name.c_str()) ? 1 : 42;
    }
    return 43;
}
