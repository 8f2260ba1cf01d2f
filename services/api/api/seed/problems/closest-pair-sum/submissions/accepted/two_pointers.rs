use std::io::{self, Read};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let mut numbers = text.split_ascii_whitespace().map(|word| word.parse::<i64>().unwrap());
    let n = numbers.next().unwrap() as usize;
    let target = numbers.next().unwrap();
    let mut marks: Vec<i64> = numbers.take(n).collect();
    marks.sort_unstable();
    let (mut low, mut high, mut best) = (0, n - 1, i64::MAX);
    while low < high {
        let sum = marks[low] + marks[high];
        best = best.min((sum - target).abs());
        if sum < target {
            low += 1;
        } else {
            high -= 1;
        }
    }
    println!("{}", best);
}
