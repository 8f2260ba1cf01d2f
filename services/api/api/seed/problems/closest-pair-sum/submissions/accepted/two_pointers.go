package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strconv"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<16), 1<<20)
	in.Split(bufio.ScanWords)
	next := func() int {
		in.Scan()
		value, _ := strconv.Atoi(in.Text())
		return value
	}
	n, target := next(), next()
	marks := make([]int, n)
	for i := range marks {
		marks[i] = next()
	}
	sort.Ints(marks)
	best := int(1 << 62)
	for low, high := 0, n-1; low < high; {
		sum := marks[low] + marks[high]
		difference := sum - target
		if difference < 0 {
			difference = -difference
		}
		if difference < best {
			best = difference
		}
		if sum < target {
			low++
		} else {
			high--
		}
	}
	fmt.Println(best)
}
