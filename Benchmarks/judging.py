"""What a benchmark's figures are held against."""


class Target:
    def __init__(self, what, value, bound, at_most):
        self.what = what
        self.value = value
        self.bound = bound
        self.is_met = value <= bound if at_most else value >= bound
        self.sign = "at most" if at_most else "at least"

    def row(self):
        return f"{self.what:<58}{self.value:>8.2f}   {self.sign} {self.bound:<6g}{'met' if self.is_met else 'MISSED'}"
