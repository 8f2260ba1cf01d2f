print("link")
