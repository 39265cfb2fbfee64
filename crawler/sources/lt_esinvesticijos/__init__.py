"""esinvesticijos.lt: calls of the Lithuanian programme of EU investments."""
