/** Connects with each URL of its arguments, and prints what answers, or the error's one line. */
import { AmqpError, connect } from "../../src/index.ts";

for (const url of process.argv.slice(2)) {
  try {
    const rabbit = await connect(url);
    console.log(rabbit.server.product);
    await rabbit.close();
  } catch (error) {
    if (!(error instanceof AmqpError)) throw error;
    console.log(error.message);
  }
}
