print("attar")
