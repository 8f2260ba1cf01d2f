// Two pointers without sorting first.
import java.io.IOException;
import java.io.StreamTokenizer;

public class Unsorted {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new java.io.BufferedInputStream(System.in));
        in.nextToken();
        int n = (int) in.nval;
        in.nextToken();
        long target = (long) in.nval;
        long[] marks = new long[n];
        for (int i = 0; i < n; i++) {
            in.nextToken();
            marks[i] = (long) in.nval;
        }
        long best = Long.MAX_VALUE;
        for (int low = 0, high = n - 1; low < high;) {
            long sum = marks[low] + marks[high];
            best = Math.min(best, Math.abs(sum - target));
            if (sum < target) low++; else high--;
        }
        System.out.println(best);
    }
}
