import Expression
