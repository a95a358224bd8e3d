library(testthat)
library(broadsheet)

test_check("broadsheet")
