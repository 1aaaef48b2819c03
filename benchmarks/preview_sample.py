"""The app that painted_edits.py edits: the starter with a page of charts and an ordinary page."""

from overskill.starter import starter_files

DASHBOARD = """\
import { useState } from "react";
import { Area, AreaChart, Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatMoney } from "@/lib/format";
import { sales } from "@/lib/sales";

export default function Dashboard() {
  const [count, setCount] = useState(0);
  return (
    <div className="mx-auto max-w-5xl space-y-6 p-6">
      <h1 data-testid="title" className="text-2xl font-semibold">Welcome back</h1>
      <Button data-testid="counter" onClick={() => setCount(count + 1)}>{count}</Button>
      <input data-testid="search" className="rounded border px-2" />
      <div className="grid gap-4 md:grid-cols-2">
        <Card><ResponsiveContainer width="100%" height={220}>
          <AreaChart data={sales}><CartesianGrid strokeDasharray="3 3" /><XAxis dataKey="month" /><YAxis />
            <Tooltip /><Area dataKey="total" stroke="var(--chart-1)" fill="var(--chart-2)" /></AreaChart>
        </ResponsiveContainer></Card>
        <Card><ResponsiveContainer width="100%" height={220}>
          <BarChart data={sales}><XAxis dataKey="month" /><YAxis />
            <Bar dataKey="orders" fill="var(--chart-3)" /></BarChart>
        </ResponsiveContainer></Card>
      </div>
      <table className="w-full text-sm"><tbody>{sales.map((sale) => (
        <tr key={sale.month} className="border-b">
          <td className="py-2">{sale.month}</td><td>{formatMoney(sale.total)}</td>
        </tr>
      ))}</tbody></table>
    </div>
  );
}
"""

TASKS = """\
import { Check } from "lucide-react";
import { Card } from "@/components/ui/card";

const tasks = ["Follow up with Ada", "Send the invoice", "Water the plants"];

export default function Tasks() {
  return (
    <div data-testid="tasks" className="mx-auto max-w-2xl space-y-3 p-6">
      <h1 data-testid="left" className="text-xl">3 tasks remaining</h1>
      {tasks.map((task) => <Card key={task} className="flex gap-2 p-4"><Check className="size-4" />{task}</Card>)}
    </div>
  );
}
"""

SALES = """\
export const sales = Array.from({ length: 24 }, (_, index) => ({
  month: `M${index + 1}`,
  total: 1000 + ((index * 7919) % 900),
  orders: 20 + ((index * 31) % 40),
}));
"""

APP = """\
import { Link, Route, Routes } from "react-router-dom";
import Dashboard from "@/pages/dashboard";
import Tasks from "@/pages/tasks";

export default function App() {
  return (
    <>
      <nav className="flex gap-4 border-b p-4"><Link to="/">Dashboard</Link><Link to="/tasks">Tasks</Link></nav>
      <Routes><Route path="/" element={<Dashboard />} /><Route path="/tasks" element={<Tasks />} /></Routes>
    </>
  );
}
"""


def sample_files() -> dict[str, str]:
    return {
        **starter_files(),
        "src/App.tsx": APP,
        "src/pages/dashboard.tsx": DASHBOARD,
        "src/pages/tasks.tsx": TASKS,
        "src/lib/sales.ts": SALES,
    }
