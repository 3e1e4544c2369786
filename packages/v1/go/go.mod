module v1

go 1.19
