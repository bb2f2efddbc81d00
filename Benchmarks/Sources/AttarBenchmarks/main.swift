print(try TextbookNetwork.row().text)
print(try SinglePrediction.row().text)
