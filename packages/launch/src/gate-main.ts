console.log("gate", process.argv.slice(2), process.execArgv);
