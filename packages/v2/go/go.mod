module v2

go 1.19
