#include <iostream>
#include <thread>
#include <vector>
#include <atomic>
int main() { std::atomic<int> n{0}; std::vector<std::thread> t; for (int i = 0; i < 4; i++) t.emplace_back([&] { n++; }); for (auto &x : t) x.join(); std::cout << n << std::endl; }