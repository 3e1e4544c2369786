import { stageOf } from "./src/stages.ts"; import { runStory } from "./src/run.ts";
const st={steps:10,nodes:[{paceMs:10},{paceMs:7}],commands:[{atMs:0,area:"north-america",shirt:"purple"},{atMs:30,area:"north-america",shirt:"blue"}],faults:[],latencyMs:5} as any;
for (const s of ["v1","v1","v2","v3","revision","fence","v3-fence","v4"]) { const N=2000; const t=process.cpuUsage().user; for(let i=0;i<N;i++) await runStory(stageOf(s),st,i); console.log(s,Math.round(N/(process.cpuUsage().user-t)*1e6),"stories/s cpu"); }
