from decimal import Decimal, getcontext
getcontext().prec = 60
print(Decimal(input()).sqrt())