/** chalk knows FORCE_COLOR only, and reads it once, when it is loaded. See https://no-color.org */
if (process.env.NO_COLOR) process.env.FORCE_COLOR = "0";
