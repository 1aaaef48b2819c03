import { Navigate, Route, Routes } from "react-router-dom";

import { AppShell } from "@/components/app-shell";
//% for page in routes
import { [[page.component]] } from "@/pages/[[page.file]]";
//% endfor

export default function App() {
  return (
    <AppShell>
      <Routes>
//% for page in routes
        <Route path=[[page.path | attr]] element={<[[page.component]] />} />
//% endfor
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </AppShell>
  );
}
