package main

import (
	"fmt"
	"math"
)

func main() {
	var r, x1, y1, x2, y2 float64
	fmt.Scan(&r, &x1, &y1, &x2, &y2)
	out1 := math.Sqrt(x1*x1 + y1*y1 - r*r)
	out2 := math.Sqrt(x2*x2 + y2*y2 - r*r)
	between := math.Atan2(math.Abs(x1*y2-x2*y1), x1*x2+y1*y2)
	arc := between - math.Atan2(out1, r) - math.Atan2(out2, r)
	length := math.Hypot(x2-x1, y2-y1)
	if arc > 0 {
		length = out1 + out2 + r*arc
	}
	fmt.Printf("%.9f\n", length)
}
