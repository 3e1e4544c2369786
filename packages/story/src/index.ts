export * from "./area.ts";
export * from "./codec.ts";
export * from "./command.ts";
export * from "./shirt.ts";
export * from "./tools.ts";
export * from "./trace.ts";
export * from "./verdict.ts";
