print("late", flush=True)
raise SystemExit(5)
