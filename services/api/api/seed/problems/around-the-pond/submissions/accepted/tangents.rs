use std::io::{self, Read};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let v: Vec<f64> = text.split_whitespace().map(|word| word.parse().unwrap()).collect();
    let (r, x1, y1, x2, y2) = (v[0], v[1], v[2], v[3], v[4]);
    let out1 = (x1 * x1 + y1 * y1 - r * r).sqrt();
    let out2 = (x2 * x2 + y2 * y2 - r * r).sqrt();
    let between = (x1 * y2 - x2 * y1).abs().atan2(x1 * x2 + y1 * y2);
    let arc = between - out1.atan2(r) - out2.atan2(r);
    let length = if arc > 0.0 { out1 + out2 + r * arc } else { (x2 - x1).hypot(y2 - y1) };
    println!("{:e}", length);
}
