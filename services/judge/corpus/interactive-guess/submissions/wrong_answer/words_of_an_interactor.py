print("correct 42 accepted")
