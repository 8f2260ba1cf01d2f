#include <cmath>
#include <iostream>
int main() {
    long long n, a;
    std::cin >> n;
    for (a = std::sqrt(n); n % a; a--) {}
    std::cout << n / a << "\n\n  " << a << std::endl;
}
