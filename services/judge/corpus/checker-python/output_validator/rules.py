def is_right(answer: str, output: bytes) -> bool:
    return sorted(output.split()) == sorted(str(n).encode() for n in range(int(answer)))
