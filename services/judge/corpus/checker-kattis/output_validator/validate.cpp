#include <fstream>
#include <iostream>
#include <string>

// validator input answer feedback_dir/ [arguments] < output: any two factors above 1 will do.
int main(int argc, char** argv) {
    std::ifstream input(argv[1]), answer(argv[2]);
    std::ofstream judge(std::string(argv[3]) + "judgemessage.txt");
    std::ofstream team(std::string(argv[3]) + "teammessage.txt");
    long long n, known, a, b;
    if (argc < 5 || std::string(argv[4]) != "strict") return 1;
    if (!(input >> n) || !(answer >> known) || n % known) return 1;
    if (!(std::cin >> a >> b)) {
        team << "two numbers, please\n";
        judge << "no two numbers\n";
        return 43;
    }
    std::string more;
    if (std::cin >> more || a < 2 || b < 2 || a > n || n % a || n / a != b) {
        judge << "not factors of " << n << "\n";
        return 43;
    }
    return 42;
}
