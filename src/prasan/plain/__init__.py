"""The ground floor: plain values, dates, words and legal time, spoken alike by every other floor."""
