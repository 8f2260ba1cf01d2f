import java.io.*;
import java.util.stream.*;
class Streams { public static void main(String[] a) throws IOException { var in = new BufferedReader(new InputStreamReader(System.in)); in.readLine(); System.out.println(Stream.of(in.readLine().split(" ")).mapToInt(Integer::parseInt).sum()); } }