print(7)
quit()